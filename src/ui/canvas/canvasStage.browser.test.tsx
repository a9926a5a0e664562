import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FramePainter, MaskflowApp } from '../../app/maskflowApp';
import { objectId } from '../../core/base/ids';
import type { Box } from '../../core/geometry/box';
import { encodeRle, rleArea, rleBox } from '../../core/mask/rle';
import type { FrameMask } from '../../core/track/maskTrack';
import { createMaskflowStore } from '../../state/store';
import { AppContext } from '../hooks/useMaskflow';
import { ShortcutSheet } from '../keys/ShortcutSheet';
import { useShortcuts } from '../keys/useShortcuts';
import { ToolBar } from '../tools/ToolBar';
import { testFootage } from '../tools/testing/toolBench';
import { CanvasStage } from './CanvasStage';
import { sourceToStage } from './viewMath';
import { stageView } from './stageView';

const WIDTH = 320;
const HEIGHT = 180;

type Harness = { app: MaskflowApp; calls: string[]; root: Root; sheetRequests: () => number };
let harness: Harness;

/** A picture whose left half is red and right half is blue. */
async function testBitmap(): Promise<ImageBitmap> {
  const canvas = new OffscreenCanvas(WIDTH, HEIGHT);
  const context = canvas.getContext('2d');
  if (context) {
    context.fillStyle = '#ff0000';
    context.fillRect(0, 0, WIDTH / 2, HEIGHT);
    context.fillStyle = '#0000ff';
    context.fillRect(WIDTH / 2, 0, WIDTH / 2, HEIGHT);
  }
  return createImageBitmap(canvas);
}

function Screen({ onSheet }: { onSheet: () => void }) {
  useShortcuts({ openSheet: onSheet });
  return (
    <>
      <input aria-label="a field" />
      <ToolBar />
      <div style={{ position: 'relative', width: 700, height: 420 }}>
        <CanvasStage />
      </div>
      <ShortcutSheet open={false} onOpenChange={() => {}} />
    </>
  );
}

beforeEach(async () => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  const store = createMaskflowStore();
  const bitmap = await testBitmap();
  const calls: string[] = [];
  const app = new Proxy({ store } as MaskflowApp, {
    get: (_target, name) => {
      switch (name) {
        case 'store':
          return store;
        case 'attachPainter':
          return (paint: FramePainter) => {
            paint(bitmap, 0);
            store.getState().setShownFrame(0);
            return () => {};
          };
        default:
          return () => {
            calls.push(String(name));
            return Promise.resolve();
          };
      }
    },
  });
  store.getState().replaceFootage(testFootage(WIDTH, HEIGHT));
  let sheets = 0;
  const holder = document.createElement('div');
  document.body.append(holder);
  const root = createRoot(holder);
  await act(async () =>
    root.render(
      <AppContext value={app}>
        <Screen onSheet={() => (sheets += 1)} />
      </AppContext>,
    ),
  );
  harness = { app, calls, root, sheetRequests: () => sheets };
});

afterEach(async () => {
  await act(async () => harness.root.unmount());
  document.body.replaceChildren();
});

function element<T extends Element = HTMLElement>(selector: string): T {
  const found = document.querySelector<T>(selector);
  if (!found) {
    throw new Error(`nothing matches ${selector}`);
  }
  return found;
}

function state() {
  return harness.app.store.getState();
}

function boxes(): Box[] {
  return state().prompts.flatMap((prompt) => (prompt.kind === 'box' ? [prompt.box] : []));
}

function clientPoint(x: number, y: number): { clientX: number; clientY: number } {
  const current = stageView(harness.app.store);
  const rect = element('[data-testid="stage"]').getBoundingClientRect();
  const at = current ? sourceToStage(current.view, { x, y }) : { x: 0, y: 0 };
  return { clientX: rect.left + at.x, clientY: rect.top + at.y };
}

type PointerChange = Partial<PointerEventInit>;

async function point(type: string, x: number, y: number, change: PointerChange = {}): Promise<void> {
  const init = { ...clientPoint(x, y), bubbles: true, cancelable: true, pointerId: 1, ...change };
  await act(async () => {
    element('[data-testid="stage"]').dispatchEvent(
      new PointerEvent(type, { pointerType: 'mouse', isPrimary: true, ...init }),
    );
  });
}

async function nextFrame(): Promise<void> {
  await act(() => new Promise<void>((resolve) => requestAnimationFrame(() => resolve())));
}

async function drag(
  from: readonly [number, number],
  to: readonly [number, number],
  change: PointerChange = {},
): Promise<void> {
  await point('pointerdown', ...from, change);
  await point('pointermove', (from[0] + to[0]) / 2, (from[1] + to[1]) / 2, change);
  await nextFrame();
  await point('pointermove', ...to, change);
  await nextFrame();
  await point('pointerup', ...to, change);
}

async function click(x: number, y: number, change: PointerChange = {}): Promise<void> {
  await point('pointerdown', x, y, change);
  await point('pointerup', x, y, change);
}

async function key(
  name: string,
  init: KeyboardEventInit = {},
  target: EventTarget = document.body,
): Promise<void> {
  const code = /^[a-z]$/i.test(name) ? `Key${name.toUpperCase()}` : name === ' ' ? 'Space' : name;
  const all = { key: name, code, bubbles: true, cancelable: true, ...init };
  await act(async () => {
    target.dispatchEvent(new KeyboardEvent('keydown', all));
    target.dispatchEvent(new KeyboardEvent('keyup', all));
  });
}

function pixel(selector: string, x: number, y: number): number[] {
  const context = element<HTMLCanvasElement>(selector).getContext('2d');
  return [...(context?.getImageData(x, y, 1, 1).data ?? [])];
}

function rectangleMask([x0, y0, x1, y1]: Box): FrameMask {
  const data = new Uint8Array(WIDTH * HEIGHT);
  for (let y = y0; y < y1; y += 1) {
    data.fill(1, y * WIDTH + x0, y * WIDTH + x1);
  }
  const rle = encodeRle({ width: WIDTH, height: HEIGHT, data });
  return { rle, box: rleBox(rle), areaPx: rleArea(rle), predictedIou: 0.9 };
}

describe('the picture', () => {
  it('is painted at source resolution and fitted into the stage', () => {
    const frame = element<HTMLCanvasElement>('[data-testid="frame-layer"]');
    expect([frame.width, frame.height]).toEqual([WIDTH, HEIGHT]);
    expect(pixel('[data-testid="frame-layer"]', 10, 90)).toEqual([255, 0, 0, 255]);
    expect(pixel('[data-testid="frame-layer"]', 310, 90)).toEqual([0, 0, 255, 255]);
    const rect = frame.getBoundingClientRect();
    expect(rect.width).toBeCloseTo(668, 0);
    expect(rect.width / rect.height).toBeCloseTo(WIDTH / HEIGHT, 3);
  });

  it('follows the size of the stage while fitted', async () => {
    element('[data-testid="stage"]').parentElement!.parentElement!.style.width = '400px';
    await vi.waitFor(async () => {
      await nextFrame();
      expect(element('[data-testid="frame-layer"]').getBoundingClientRect().width).toBeCloseTo(368, 0);
    });
  });

  it('zooms to the pointer by the wheel, and fits again by its key and its button', async () => {
    const at = clientPoint(80, 45);
    await act(async () => {
      element('[data-testid="stage"]').dispatchEvent(
        new WheelEvent('wheel', { ...at, deltaY: -240, bubbles: true, cancelable: true }),
      );
    });
    const zoomed = clientPoint(80, 45);
    expect(zoomed.clientX).toBeCloseTo(at.clientX, 4);
    expect(zoomed.clientY).toBeCloseTo(at.clientY, 4);
    expect(state().viewTransform?.scale).toBeGreaterThan(2.5);
    await key('0', { code: 'Digit0' });
    expect(state().viewTransform).toBeNull();
    await act(async () => element('[aria-label="Zoom in"]').click());
    expect(state().viewTransform?.scale).toBeCloseTo((668 / 320) * 1.25, 3);
    await act(async () => element('[aria-label^="Show at 100 %"]').click());
    expect(state().viewTransform?.scale).toBe(1);
    await act(async () => element('[aria-label="Fit the picture"]').click());
    expect(state().viewTransform).toBeNull();
  });

  it('is fitted anew when other footage comes', async () => {
    await act(async () => state().setViewTransform({ scale: 4, x: 0, y: 0 }));
    await act(async () => state().replaceFootage(testFootage(100, 100)));
    expect(state().viewTransform).toBeNull();
  });
});

describe('masks', () => {
  it('are painted in the label colour: fill by the overlay opacity, outline opaque', async () => {
    await act(async () =>
      state().setFrameMasks('prompted', 0, [[objectId(1), rectangleMask([40, 40, 120, 100])]]),
    );
    const masks = '[data-testid="mask-layer"]';
    expect(pixel(masks, 40, 70)).toEqual([0xe6, 0x9f, 0x00, 255]);
    const fill = pixel(masks, 80, 70);
    expect(fill[3]).toBe(Math.round(0.45 * 255));
    expect(Math.abs((fill[0] ?? 0) - 0xe6)).toBeLessThanOrEqual(2);
    expect(Math.abs((fill[1] ?? 0) - 0x9f)).toBeLessThanOrEqual(2);
    expect(pixel(masks, 39, 70)).toEqual([0, 0, 0, 0]);
    await act(async () => state().setOverlayOpacity(1));
    expect(pixel(masks, 80, 70)).toEqual([0xe6, 0x9f, 0x00, 255]);
    await act(async () => state().updateLabel(objectId(1), { colour: '#0072b2' }));
    expect(pixel(masks, 80, 70)).toEqual([0x00, 0x72, 0xb2, 255]);
    await act(async () => state().updateLabel(objectId(1), { isVisible: false }));
    expect(pixel(masks, 80, 70)).toEqual([0, 0, 0, 0]);
  });

  it('go while H is held, and come back', async () => {
    await act(async () =>
      state().setFrameMasks('prompted', 0, [[objectId(1), rectangleMask([40, 40, 120, 100])]]),
    );
    const h = { key: 'h', code: 'KeyH', bubbles: true };
    await act(async () => document.body.dispatchEvent(new KeyboardEvent('keydown', h)));
    expect(pixel('[data-testid="mask-layer"]', 40, 70)[3]).toBe(0);
    await act(async () => document.body.dispatchEvent(new KeyboardEvent('keyup', h)));
    expect(pixel('[data-testid="mask-layer"]', 40, 70)[3]).toBe(255);
  });

  it('are those of the shown frame, changed in the same task', async () => {
    await act(async () =>
      state().setFrameMasks('propagated', 1, [[objectId(1), rectangleMask([40, 40, 120, 100])]]),
    );
    expect(pixel('[data-testid="mask-layer"]', 40, 70)[3]).toBe(0);
    await act(async () => {
      state().setShownFrame(1);
      expect(pixel('[data-testid="mask-layer"]', 40, 70)[3]).toBe(255);
    });
  });

  it('of competitors are hatched', async () => {
    await act(async () => {
      state().updateLabel(objectId(1), { role: 'competitor' });
      state().setFrameMasks('prompted', 0, [[objectId(1), rectangleMask([40, 40, 120, 100])]]);
    });
    const alphas = new Set(
      Array.from({ length: 40 }, (_, step) => pixel('[data-testid="mask-layer"]', 60 + step, 70)[3]),
    );
    expect([...alphas].toSorted((a = 0, b = 0) => a - b)).toEqual([34, 115]);
  });
});

describe('prompts by pointer', () => {
  it('a box is drawn, resized by a handle, moved, and deleted by its key', async () => {
    await drag([40, 40], [120, 100]);
    expect(boxes()).toEqual([[40, 40, 120, 100]]);
    await drag([120, 100], [150, 130], { pointerType: 'pen' });
    expect(boxes()).toEqual([[40, 40, 150, 130]]);
    await key('v');
    await drag([90, 60], [100, 70]);
    expect(boxes()).toEqual([[50, 50, 160, 140]]);
    await key('Delete');
    expect(state().prompts).toEqual([]);
  });

  it('the masks can change while a box is being dragged, for the store has it already', async () => {
    await point('pointerdown', 40, 40);
    await point('pointermove', 90, 90);
    await nextFrame();
    expect(boxes()).toEqual([[40, 40, 90, 90]]);
    await act(async () =>
      window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', code: 'Escape', cancelable: true })),
    );
    expect(boxes()).toEqual([]);
    await point('pointerup', 90, 90);
    expect(boxes()).toEqual([]);
  });

  it('points of all kinds are placed, by finger too, and no menu opens on the right button', async () => {
    await key('p');
    await click(50, 50);
    await click(100, 60, { button: 2 });
    const menu = new MouseEvent('contextmenu', { bubbles: true, cancelable: true });
    element('[data-testid="stage"]').dispatchEvent(menu);
    expect(menu.defaultPrevented).toBe(true);
    await key('g');
    await click(200, 60, { pointerType: 'touch' });
    expect(state().prompts).toMatchObject([
      { kind: 'point', label: 1, point: { x: 50, y: 50 } },
      { kind: 'point', label: 0, point: { x: 100, y: 60 } },
      { kind: 'sharedPoint', point: { x: 200, y: 60 } },
    ]);
    expect(element('[data-testid="stage"]').getAttribute('aria-label')).toBe(
      'Picture, frame 1 of 20, 3 prompts, Shared background point tool',
    );
  });

  it('two fingers zoom, and what the first had begun is given up', async () => {
    const finger = (pointerId: number): PointerChange => ({ pointerType: 'touch', pointerId });
    await point('pointerdown', 100, 90, finger(1));
    await point('pointermove', 140, 120, finger(1));
    await nextFrame();
    const before = state().viewTransform;
    await point('pointerdown', 200, 90, finger(2));
    await point('pointermove', 280, 90, finger(2));
    await nextFrame();
    expect(before).toBeNull();
    expect(state().viewTransform?.scale).toBeGreaterThan(668 / 320);
    await point('pointerup', 140, 90, finger(1));
    await point('pointerup', 200, 90, finger(2));
    expect(state().prompts).toEqual([]);
    await drag([100, 60], [130, 90]);
    expect(boxes()).toHaveLength(1);
  });

  it('a middle drag and a space drag pan, and that space does not play', async () => {
    await drag([100, 90], [110, 95], { button: 1 });
    const first = state().viewTransform;
    expect(first).not.toBeNull();
    const space = { key: ' ', code: 'Space', bubbles: true, cancelable: true };
    await act(async () => document.body.dispatchEvent(new KeyboardEvent('keydown', space)));
    await drag([100, 90], [120, 100]);
    await act(async () => document.body.dispatchEvent(new KeyboardEvent('keyup', space)));
    expect(state().viewTransform?.x).toBeGreaterThan(first?.x ?? Infinity);
    expect(state().prompts).toEqual([]);
    expect(harness.calls).toEqual([]);
    await key(' ');
    expect(harness.calls).toEqual(['togglePlay']);
  });
});

describe('prompts by keyboard', () => {
  async function focusStage(): Promise<HTMLElement> {
    const stage = element('[data-testid="stage"]');
    await key('Tab');
    await act(async () => stage.focus());
    return stage;
  }

  it('a box is begun and ended with Enter at the crosshair', async () => {
    const stage = await focusStage();
    await key('Enter', {}, stage);
    if (boxes().length === 0) {
      await key('Enter', {}, stage);
    }
    for (let presses = 0; presses < 6; presses += 1) {
      await key('ArrowRight', {}, stage);
      await key('ArrowDown', { shiftKey: true }, stage);
    }
    await key('Enter', {}, stage);
    expect(boxes()).toHaveLength(1);
    const [x0, y0, x1, y1] = boxes()[0] ?? [0, 0, 0, 0];
    expect(x1 - x0).toBeCloseTo(60 / (668 / 320), -0.5);
    expect(y1 - y0).toBe(6);
    expect(state().currentFrame).toBe(0);
  });

  it('the selected prompt is nudged by Alt and the arrow keys', async () => {
    await key('p');
    await click(50, 50);
    await key('ArrowRight', { altKey: true });
    await key('ArrowUp', { altKey: true, shiftKey: true });
    expect(state().prompts).toMatchObject([{ point: { x: 51, y: 40 } }]);
    expect(state().currentFrame).toBe(0);
  });

  it('keys typed into a field stay there', async () => {
    const field = element('input');
    field.focus();
    await key('p', {}, field);
    await key('ArrowRight', {}, field);
    expect(state()).toMatchObject({ tool: 'box', currentFrame: 0 });
    await key('ArrowRight');
    expect(state().currentFrame).toBe(1);
    await key('?', { shiftKey: true, code: 'Slash' });
    expect(harness.sheetRequests()).toBe(1);
  });
});

describe('the toolbar', () => {
  it('takes tools in hand and says which one is', async () => {
    const pressed = (): (string | null)[] =>
      [...document.querySelectorAll('.tool-button[aria-pressed="true"]')].map((button) =>
        button.getAttribute('aria-label'),
      );
    expect(pressed()).toEqual(['Box']);
    await act(async () => element('[aria-label="Background point"]').click());
    expect(pressed()).toEqual(['Background point']);
    await key('z');
    expect(pressed()).toEqual(['Pan']);
  });
});
