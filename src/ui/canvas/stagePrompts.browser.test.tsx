import { act } from 'react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  appCalls,
  boxes,
  click,
  drag,
  element,
  key,
  mountStage,
  nextFrame,
  point,
  type PointerChange,
  sheetRequests,
  state,
  unmountStage,
} from './testing/stageHarness';

beforeEach(mountStage);
afterEach(unmountStage);

/** What the crosshair says of itself; empty while it is put away. */
function crosshair(): string | null {
  return element('.canvas-stage output').textContent;
}

function finger(pointerId: number): PointerChange {
  return { pointerType: 'touch', pointerId };
}

function pressed(): (string | null)[] {
  return [...document.querySelectorAll('.tool-button[aria-pressed="true"]')].map((button) =>
    button.getAttribute('aria-label'),
  );
}

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
      'Picture, frame 0 of 20, 3 prompts, Shared background point tool',
    );
  });

  it('two fingers zoom, and what the first had begun is given up', async () => {
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
    expect(appCalls()).toEqual([]);
    await key(' ');
    expect(appCalls()).toEqual(['togglePlay']);
  });
});

describe('prompts by keyboard', () => {
  it('a box is begun and ended with Enter at the crosshair', async () => {
    const stage = element('[data-testid="stage"]');
    await act(async () => stage.focus());
    if (crosshair() === '') {
      await key('Enter', {}, stage);
    }
    expect(crosshair()).toBe('Crosshair at 160, 90');
    await key('Enter', {}, stage);
    for (let presses = 0; presses < 6; presses += 1) {
      await key('ArrowRight', {}, stage);
      await key('ArrowDown', { shiftKey: true }, stage);
    }
    await key('Enter', {}, stage);
    expect(boxes()).toHaveLength(1);
    const [x0, y0, x1, y1] = boxes()[0] ?? [0, 0, 0, 0];
    expect([x0, y0]).toEqual([160, 90]);
    expect(x1).toBe(Math.round(160 + 60 / (668 / 320)));
    expect(y1).toBe(96);
    expect(crosshair()).toBe('Crosshair at 189, 96');
    await key('Escape', {}, stage);
    expect(crosshair()).toBe('');
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
    expect(sheetRequests()).toBe(1);
  });
});

describe('keys while something else wants them', () => {
  it('do nothing while a dialog is open', async () => {
    const dialog = document.createElement('div');
    dialog.setAttribute('role', 'dialog');
    document.body.append(dialog);
    await key('p');
    expect(state().tool).toBe('box');
    dialog.remove();
    await key('p');
    expect(state().tool).toBe('foregroundPoint');
  });

  it('leave Space to buttons and arrows to sliders', async () => {
    await key(' ', {}, element('[aria-label="Zoom in"]'));
    const slider = document.createElement('div');
    slider.setAttribute('role', 'slider');
    document.body.append(slider);
    await key('ArrowRight', {}, slider);
    expect(appCalls()).toEqual([]);
    expect(state().currentFrame).toBe(0);
    await key('p', {}, slider);
    expect(state().tool).toBe('foregroundPoint');
  });
});

describe('the toolbar', () => {
  it('takes tools in hand and says which one is', async () => {
    expect(pressed()).toEqual(['Box']);
    await act(async () => element('[aria-label="Background point"]').click());
    expect(pressed()).toEqual(['Background point']);
    await key('z');
    expect(pressed()).toEqual(['Pan']);
  });
});
