/** The whole screen in a real browser: what it says, and what it asks of the application. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import {
  annotate,
  mountScreen,
  openClip as openClipIn,
  recordingApp,
  squareMask,
  type RecordingApp,
} from './__fixtures__/screen';
import { storedTheme } from './theme/storedTheme';
import { setIntroductionWanted } from './topbar/introduction';

let app: RecordingApp;
let unmount: () => void;

beforeEach(async () => {
  await page.viewport(1280, 800);
  app = recordingApp();
  unmount = mountScreen(app);
  await expect.element(page.getByRole('heading', { name: 'Maskflow' })).toBeVisible();
});

afterEach(() => unmount());

async function openClip(): Promise<void> {
  openClipIn(app.store);
  await expect.element(page.getByRole('slider', { name: 'Playhead' })).toBeVisible();
}

describe('the top bar', () => {
  it('says why propagation is not to be had, and starts it when it is', async () => {
    await openClip();
    const button = page.getByRole('button', { name: 'Propagate', exact: true });
    await expect.element(button).toHaveAttribute('aria-disabled', 'true');
    await expect.element(button).toHaveAccessibleDescription(/No label has a mask on this frame/);
    annotate(app.store);
    await expect.element(button).not.toHaveAttribute('aria-disabled');
    await button.click();
    expect(app.callsOf('propagate')).toEqual([['forward', 'untilPrompted']]);
  });

  it('offers every direction and extent', async () => {
    await openClip();
    annotate(app.store);
    await page.getByRole('button', { name: 'More ways to propagate' }).click();
    await page
      .getByRole('group', { name: 'To the in and out points' })
      .getByRole('menuitem', { name: 'Both ways' })
      .click();
    expect(app.callsOf('propagate')).toEqual([['both', 'wholeRange']]);
  });

  it('tells what the export will hold, and exports', async () => {
    await openClip();
    annotate(app.store);
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await expect.element(page.getByText('0 background, 1 label 1', { exact: false })).toBeVisible();
    await expect.element(page.getByText('98 frames have no masks', { exact: false })).toBeVisible();
    const softItem = page.getByRole('menuitemcheckbox', { name: 'With soft masks' });
    await expect.element(softItem).toHaveAttribute('aria-checked', 'false');
    await softItem.click();
    await expect
      .element(page.getByText('No probabilities are kept for 2 masks', { exact: false }))
      .toBeVisible();
    expect(app.store.getState().isSoftExported).toBe(true);
    await page.getByRole('menuitem', { name: 'PNG masks as ZIP' }).click();
    expect(app.callsOf('exportMasks')).toEqual([['zip']]);
  });

  it('gives the focus of a menu to the picture after a click, and back to its button after a key', async () => {
    await openClip();
    annotate(app.store);
    const button = page.getByRole('button', { name: 'Export', exact: true });
    await button.click();
    await expect.element(page.getByRole('menu')).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.element(page.getByRole('menu')).not.toBeInTheDocument();
    await expect.element(page.getByRole('application')).toHaveFocus();
    await userEvent.keyboard(' ');
    expect(app.callsOf('togglePlay')).toHaveLength(1);
    await expect.element(page.getByRole('menu')).not.toBeInTheDocument();

    button.element().focus();
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByRole('menu')).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.element(button).toHaveFocus();
  });

  it('keeps its buttons in place whatever the hint says and whatever opens', async () => {
    await openClip();
    const button = page.getByRole('button', { name: 'Propagate', exact: true });
    const place = (): number[] => {
      const { left, width } = button.element().getBoundingClientRect();
      return [left, width];
    };
    const before = place();
    annotate(app.store);
    await expect.element(page.getByText('Scrub through.', { exact: false })).toBeVisible();
    expect(place()).toEqual(before);
    app.store.getState().addLabel();
    await expect.element(page.getByText('Draw a box around label 2.')).toBeVisible();
    expect(place()).toEqual(before);
    await page.getByRole('button', { name: 'More ways to propagate' }).click();
    await expect.element(page.getByRole('menu')).toBeVisible();
    expect(place()).toEqual(before);
  });

  it('offers to try again when the engine failed', async () => {
    app.store.getState().setEngine({ kind: 'failed' });
    await page.getByRole('button', { name: 'Engine failed' }).click();
    await page.getByRole('button', { name: 'Try again' }).click();
    expect(app.callsOf('retryEngine')).toHaveLength(1);
  });

  it('remembers the theme chosen', async () => {
    await page.getByRole('button', { name: 'Theme' }).click();
    await page.getByRole('menuitemradio', { name: 'Dark' }).click();
    await expect.poll(() => document.documentElement.dataset.theme).toBe('dark');
    expect(storedTheme()).toBe('dark');
  });

  it('puts a hint away for good', async () => {
    await openClip();
    setIntroductionWanted(true);
    await expect.element(page.getByText('Introduction, step 1 of 3:')).toBeInTheDocument();
    expect(document.documentElement.dataset.introduction).toBe('canvas');
    await page.getByRole('button', { name: 'Skip the introduction' }).click();
    expect(document.documentElement.dataset.introduction).toBeUndefined();
    await expect.element(page.getByText('Draw a box around something.')).toBeVisible();
    await page.getByRole('button', { name: 'Hide this hint' }).click();
    await expect.element(page.getByText('Draw a box around something.')).not.toBeInTheDocument();
    await page.getByRole('button', { name: 'Show all keys' }).click();
    await page.getByRole('button', { name: 'Show the introduction again' }).click();
    await expect.element(page.getByText('Draw a box around something.')).toBeVisible();
  });
});

describe('the labels panel', () => {
  it('renames, hides, changes the role and deletes with a notice of what went', async () => {
    await openClip();
    annotate(app.store);
    app.store.getState().addLabel();
    const { labels } = app.store.getState();
    const panel = page.getByRole('region', { name: 'Labels' });
    await panel.getByRole('button', { name: 'label 1', exact: true }).dblClick();
    await userEvent.keyboard('upper dye{Enter}');
    expect(app.store.getState().labels[0]?.name).toBe('upper dye');
    await panel.getByRole('button', { name: 'Hide upper dye' }).click();
    expect(app.store.getState().labels[0]?.isVisible).toBe(false);
    await panel.getByRole('button', { name: 'More for upper dye' }).click();
    await page.getByRole('menuitem', { name: 'Move down' }).click();
    expect(app.store.getState().labels[1]?.objectId).toBe(labels[0]?.objectId);
    await panel.getByRole('button', { name: 'More for upper dye' }).click();
    await page.getByRole('menuitem', { name: 'Delete with 1 prompt and 2 masks' }).click();
    await expect
      .element(page.getByText('Deleted “upper dye” with 1 prompt and 2 masks. Undo brings it back.'))
      .toBeVisible();
    expect(app.store.getState().labels).toHaveLength(2);
  });

  it('lists competitors under their heading, each label on one line, and keeps the buttons in reach', async () => {
    await openClip();
    annotate(app.store);
    for (let count = 2; count < 13; count += 1) {
      app.store.getState().addLabel();
    }
    const rows = page.getByRole('list', { name: 'Labels' }).getByRole('listitem');
    await expect.poll(() => rows.elements().length).toBe(14);
    const words = rows.elements().map((row) => row.textContent ?? '');
    expect(words.filter((text) => /IoU \d\.\d\d/.test(text))).toHaveLength(2);
    expect(words.findIndex((text) => text.startsWith('Competitors'))).toBe(12);
    expect(Math.max(...rows.elements().map((row) => row.clientHeight))).toBeLessThanOrEqual(40);
    for (const name of ['Add label', 'Add competitor']) {
      await expect.element(page.getByRole('button', { name })).toBeInViewport({ ratio: 1 });
    }
    // The label added last is the active one, and in view.
    await expect
      .element(
        page.getByRole('list', { name: 'Labels' }).getByRole('button', { name: 'label 12', exact: true }),
      )
      .toBeInViewport({ ratio: 1 });
  });

  it('switches the shared background points', async () => {
    await openClip();
    await page.getByRole('switch', { name: 'Use shared background points' }).click();
    expect(app.store.getState().useSharedPoints).toBe(false);
  });
});

describe('the timeline', () => {
  it('moves the playhead by keys, each press once', async () => {
    await openClip();
    const playhead = page.getByRole('slider', { name: 'Playhead' });
    (playhead.element() as HTMLElement).focus();
    await userEvent.keyboard('{ArrowRight}{ArrowRight}{PageDown}{ArrowLeft}');
    expect(app.store.getState().currentFrame).toBe(11);
    await expect.element(playhead).toHaveAttribute('aria-valuetext', 'frame 11 of 100, 0:00.44');
  });

  it('seeks where it is pressed and follows the pointer', async () => {
    await openClip();
    const overlay = document.querySelector<HTMLElement>('.tracks-overlay');
    if (!overlay) {
      throw new Error('no timeline');
    }
    await expect.poll(() => overlay.clientWidth).toBeGreaterThan(400);
    const { left, top, width: areaPx } = overlay.getBoundingClientRect();
    const send = (type: string, share: number): void => {
      overlay.dispatchEvent(
        new PointerEvent(type, {
          bubbles: true,
          button: 0,
          pointerId: 1,
          clientX: left + areaPx * share,
          clientY: top + 8,
        }),
      );
    };
    vi.spyOn(overlay, 'setPointerCapture').mockReturnValue(undefined);
    send('pointerdown', 0.505);
    expect(app.store.getState().currentFrame).toBe(50);
    send('pointermove', 0.705);
    await expect.poll(() => app.store.getState().currentFrame).toBe(70);
    send('pointerup', 0.805);
    expect(app.store.getState().currentFrame).toBe(80);
    send('pointermove', 0.1);
    await new Promise((resolve) => {
      requestAnimationFrame(resolve);
    });
    expect(app.store.getState().currentFrame).toBe(80);
  });

  it('zooms to the pointer by the wheel', async () => {
    await openClip();
    const overlay = document.querySelector<HTMLElement>('.tracks-overlay');
    if (!overlay) {
      throw new Error('no timeline');
    }
    await expect.poll(() => overlay.clientWidth).toBeGreaterThan(400);
    const { left, top, width: areaPx } = overlay.getBoundingClientRect();
    const at = { bubbles: true, cancelable: true, clientX: left + areaPx / 4, clientY: top + 8 };
    const wheel = new WheelEvent('wheel', { ...at, deltaY: -600 });
    overlay.dispatchEvent(wheel);
    expect(wheel.defaultPrevented).toBe(true);
    vi.spyOn(overlay, 'setPointerCapture').mockReturnValue(undefined);
    const pressedFrame = async (share: number): Promise<number> => {
      await new Promise((resolve) => {
        requestAnimationFrame(resolve);
      });
      const clientX = left + areaPx * share;
      overlay.dispatchEvent(new PointerEvent('pointerdown', { ...at, clientX, button: 0, pointerId: 1 }));
      overlay.dispatchEvent(new PointerEvent('pointerup', { ...at, clientX, button: 0, pointerId: 1 }));
      return app.store.getState().currentFrame;
    };
    expect(Math.abs((await pressedFrame(0.25)) - 25)).toBeLessThanOrEqual(1);
    expect(await pressedFrame(0.75)).toBeLessThan(50);
  });

  it('sets in and out points by button and by handle', async () => {
    await openClip();
    app.store.getState().seek(20);
    await page.getByRole('button', { name: 'Set in' }).click();
    expect(app.store.getState().range).toEqual({ inFrame: 20, outFrame: 99 });
    (page.getByRole('slider', { name: 'Out point' }).element() as HTMLElement).focus();
    await userEvent.keyboard('{ArrowLeft}');
    expect(app.store.getState().range).toEqual({ inFrame: 20, outFrame: 98 });
    expect(app.store.getState().currentFrame).toBe(20);
  });

  it('paints a lane for each label: a bar where masks are, nothing elsewhere', async () => {
    await openClip();
    const objectId = app.store.getState().activeObjectId;
    for (let frame = 0; frame < 50; frame += 1) {
      app.store.getState().setFrameMasks('propagated', frame, objectId ? [[objectId, squareMask()]] : []);
    }
    const alphaAt = (share: number): number => {
      const canvas = document.querySelector<HTMLCanvasElement>('.lanes-canvas');
      const x = Math.round((canvas?.width ?? 0) * share);
      const y = Math.round((canvas?.height ?? 0) / 2);
      return canvas?.getContext('2d')?.getImageData(x, y, 1, 1).data[3] ?? -1;
    };
    await expect.poll(() => alphaAt(0.25)).toBe(255);
    expect(alphaAt(0.75)).toBe(0);
  });
});

describe('files', () => {
  it('opens what is chosen, with paths, and may open the same file again', async () => {
    const input = page.getByTestId('pick-images');
    const file = new File(['x'], 'a.png', { type: 'image/png' });
    await userEvent.upload(input, file);
    await userEvent.upload(input, file);
    const chosen = [[{ file: expect.any(File), path: 'a.png' }]];
    expect(app.callsOf('openFiles')).toEqual([chosen, chosen]);
  });

  it('opens what is dropped anywhere', async () => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(['x'], 'clip.mp4', { type: 'video/mp4' }));
    window.dispatchEvent(new DragEvent('dragover', { dataTransfer: transfer, cancelable: true }));
    await expect.element(page.getByText('Drop to open')).toBeVisible();
    window.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, cancelable: true }));
    await expect.poll(() => app.callsOf('dropFiles')).toHaveLength(1);
    await expect.element(page.getByText('Drop to open')).not.toBeInTheDocument();
  });
});

describe('messages', () => {
  it('keeps an error until it is dismissed', async () => {
    app.store.getState().showError({
      code: 'footage-empty',
      what: 'a.mp4 is empty.',
      safe: 'All stays.',
      todo: 'Copy it again.',
    });
    const alert = page.getByRole('alert');
    await expect.element(alert).toHaveTextContent('a.mp4 is empty.All stays.Copy it again.');
    await page.getByRole('button', { name: 'Dismiss this error' }).click();
    await expect.element(alert).toHaveTextContent('');
  });
});

/** The names of neighbours in a bar that lie over one another. */
function overlapsIn(bar: Element): string[] {
  const parts = [...bar.children]
    .filter((part) => getComputedStyle(part).position !== 'absolute')
    .map((part) => ({ name: `${part.tagName} ${part.className}`, box: part.getBoundingClientRect() }));
  return parts.flatMap((part, place) => {
    const next = parts[place + 1];
    return next && next.box.width > 0 && next.box.left < part.box.right - 1
      ? [`${part.name} | ${next.name}`]
      : [];
  });
}

describe('a small window', () => {
  it('puts the inspector and the hint away, and nothing overlaps', async () => {
    await page.viewport(800, 600);
    await openClip();
    annotate(app.store);
    await expect.element(page.getByRole('button', { name: 'Open the inspector' })).toBeVisible();
    await expect.element(page.getByText('Scrub through.', { exact: false })).not.toBeVisible();
    const bars = [...document.querySelectorAll('.topbar, .primary-action, .transport, .label-row')];
    expect(bars.length).toBeGreaterThan(4);
    expect(bars.flatMap(overlapsIn)).toEqual([]);
    for (const name of ['Propagate', 'Export', 'Add competitor', 'Set out']) {
      await expect.element(page.getByRole('button', { name, exact: true })).toBeInViewport({ ratio: 1 });
    }
    await page.viewport(1280, 800);
    await expect.element(page.getByRole('button', { name: 'Close the inspector' })).toBeVisible();
  });
});
