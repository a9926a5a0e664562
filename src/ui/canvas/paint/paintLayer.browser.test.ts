/** Strokes on the stage: what is shown while they are under way, and the masks they leave. */
import { act } from 'react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { objectId } from '../../../core/base/ids';
import { strokeMask, type StrokePoint } from '../../../core/edit/strokeMask';
import { decodeRle } from '../../../core/mask/rle';
import { maskAt } from '../../../core/track/maskTrack';
import {
  click,
  clientPoint,
  element,
  HEIGHT,
  key,
  mountStage,
  nextFrame,
  point,
  rectangleMask,
  sourcePoint,
  state,
  unmountStage,
  WIDTH,
} from '../testing/stageHarness';

beforeEach(mountStage);
afterEach(unmountStage);

const label1 = objectId(1);
const paintLayer = '[data-testid="paint-layer"]';
const maskLayer = '[data-testid="mask-layer"]';

function stroked(points: readonly StrokePoint[]): Uint8Array {
  const data = new Uint8Array(WIDTH * HEIGHT);
  strokeMask({ width: WIDTH, height: HEIGHT, data }, points);
  return data;
}

function painted(id = 1): Uint8Array {
  const found = maskAt(state().tracks.get(objectId(id)), 0);
  return found ? decodeRle(found.mask.rle).data : new Uint8Array(WIDTH * HEIGHT);
}

function rgba(selector: string): Uint8ClampedArray {
  const canvas = element<HTMLCanvasElement>(selector);
  return canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height).data;
}

/** 1 where the canvas has paint. */
function inked(selector: string): Uint8Array {
  const data = rgba(selector);
  return Uint8Array.from({ length: data.length / 4 }, (_, pixel) => (data[pixel * 4 + 3]! > 0 ? 1 : 0));
}

function expectPixels(found: Uint8Array, wanted: Uint8Array): void {
  expect(found.length).toBe(wanted.length);
  expect(found.findIndex((value, index) => value !== wanted[index])).toBe(-1);
}

/** Where the stage takes these places to be, after its own arithmetic. */
function passed(places: readonly (readonly [number, number])[], radiusPx = 10): StrokePoint[] {
  return places.map(([x, y]) => ({ ...sourcePoint(clientPoint(x, y)), radiusPx }));
}

async function stroke(places: readonly (readonly [number, number])[]): Promise<void> {
  await point('pointerdown', ...places[0]!);
  for (const place of places.slice(1)) {
    await point('pointermove', place[0], place[1]);
    await nextFrame();
  }
}

const end = [150, 120] as const;
const way = [[40, 40], [120, 50], end] as const;

describe('a stroke', () => {
  it('shows exactly the pixels it leaves in the mask, and the masks are hidden only meanwhile', async () => {
    await key('d');
    await stroke(way);
    const wanted = stroked(passed(way));
    expectPixels(inked(paintLayer), wanted);
    expect(getComputedStyle(element(maskLayer)).visibility).toBe('hidden');
    expect(getComputedStyle(element(paintLayer)).display).toBe('block');
    expectPixels(painted(), new Uint8Array(WIDTH * HEIGHT));
    await point('pointerup', ...end);
    expectPixels(painted(), wanted);
    expectPixels(inked(maskLayer), wanted);
    expect(getComputedStyle(element(maskLayer)).visibility).toBe('visible');
    expect(getComputedStyle(element(paintLayer)).display).toBe('none');
  });

  it('is as strong where it passes twice as where it passes once', async () => {
    await key('d');
    await stroke([...way, way[0], way[1]]);
    const data = rgba(paintLayer);
    const alphas = new Set(data.filter((_, index) => index % 4 === 3));
    expect(alphas.size).toBe(2);
    await point('pointerup', ...way[1]);
  });

  it('takes in the places that the browser tells only together', async () => {
    await key('d');
    await point('pointerdown', ...way[0]);
    const events = way.slice(1).map(([x, y]) => new PointerEvent('pointermove', clientPoint(x, y)));
    await point('pointermove', ...end, { coalescedEvents: events });
    await nextFrame();
    await point('pointerup', ...end);
    expectPixels(painted(), stroked(passed(way)));
  });

  it('erasing shows at once and takes from the mask', async () => {
    const before = rectangleMask([20, 20, 200, 160]);
    await act(async () => state().setFrameMasks('prompted', 0, [[label1, before]]));
    await key('e');
    await stroke(way);
    const erased = stroked(passed(way));
    const left = painted().map((value, index) => (erased[index] === 1 ? 0 : value));
    expectPixels(inked(paintLayer), left);
    await point('pointerup', ...end);
    expectPixels(painted(), left);
  });

  it('is gone when it is given up, by Escape and by a second finger', async () => {
    await key('d');
    await stroke(way);
    const escape = { key: 'Escape', code: 'Escape', cancelable: true };
    await act(async () => window.dispatchEvent(new KeyboardEvent('keydown', escape)));
    expect(getComputedStyle(element(paintLayer)).display).toBe('none');
    await point('pointerup', ...end);
    await point('pointerdown', 50, 50, { pointerType: 'touch', pointerId: 1 });
    await point('pointerdown', 90, 50, { pointerType: 'touch', pointerId: 2 });
    await point('pointerup', 50, 50, { pointerType: 'touch', pointerId: 1 });
    await point('pointerup', 90, 50, { pointerType: 'touch', pointerId: 2 });
    expect(state().lastEdit).toBeNull();
    await stroke(way.slice(0, 2));
    expectPixels(inked(paintLayer), stroked(passed(way.slice(0, 2))));
    await point('pointerup', ...way[1]);
    expectPixels(painted(), stroked(passed(way.slice(0, 2))));
  });

  it('a pen paints as thick as it is pressed', async () => {
    await key('d');
    await point('pointerdown', 60, 60, { pointerType: 'pen', pressure: 0.5 });
    await point('pointermove', 120, 60, { pointerType: 'pen', pressure: 1 });
    await nextFrame();
    await point('pointerup', 120, 60, { pointerType: 'pen', pressure: 0 });
    const [from, to] = passed([
      [60, 60],
      [120, 60],
    ]);
    expectPixels(painted(), stroked([{ ...from!, radiusPx: 5 }, to!]));
  });
});

describe('the brush', () => {
  it('changes its size by keys, by Alt and the wheel, and by the slider', async () => {
    await key('d');
    await key(']');
    expect(state().brushPx).toBe(24);
    await key('[');
    await key('[');
    expect(state().brushPx).toBe(17);
    const scale = state().viewTransform;
    const wheel = new WheelEvent('wheel', { deltaY: -100, altKey: true, bubbles: true, cancelable: true });
    await act(async () => element('[data-testid="stage"]').dispatchEvent(wheel));
    expect(state().brushPx).toBeGreaterThan(17);
    expect(state().viewTransform).toBe(scale);
    expect(document.querySelector('[aria-label="Brush options"]')).not.toBeNull();
    await key('b');
    expect(document.querySelector('.paint-options')).toBeNull();
    await act(async () =>
      element('[data-testid="stage"]').dispatchEvent(
        new WheelEvent('wheel', { deltaY: -100, altKey: true, bubbles: true, cancelable: true }),
      ),
    );
    expect(state().viewTransform).not.toBe(scale);
  });

  it('trades places with the eraser, and other tools turn to removing', async () => {
    await key('d');
    await key('x');
    expect(state().tool).toBe('eraser');
    await key('y');
    await key('x');
    expect(state()).toMatchObject({ tool: 'polygon', isRemoving: true });
    const remove = [...document.querySelectorAll('.paint-action button')].at(-1)!;
    expect(remove.getAttribute('aria-pressed')).toBe('true');
  });
});

describe('a polygon', () => {
  it('is drawn by presses and keys: Backspace, Enter, Escape', async () => {
    const stage = element('[data-testid="stage"]');
    await key('y');
    await click(40, 40);
    await click(120, 40);
    await click(200, 150);
    await key('Backspace', {}, stage);
    await click(120, 120);
    expect(state().lastEdit).toBeNull();
    await key('Enter', {}, stage);
    expect(state().lastEdit?.name).toBe('Polygon');
    const pixels = painted();
    const area = pixels.reduce((sum, value) => sum + value, 0);
    expect(Math.abs(area - (80 * 80) / 2)).toBeLessThan(100);
    await click(40, 40);
    await key('Escape', {}, stage);
    await key('Enter', {}, stage);
    expectPixels(painted(), pixels);
  });

  it('can be drawn with the crosshair: the second press on a place closes it', async () => {
    const stage = element('[data-testid="stage"]');
    await key('y');
    await act(async () => stage.focus());
    for (const arrow of ['ArrowRight', 'ArrowDown']) {
      await key('Enter', {}, stage);
      for (let presses = 0; presses < 8; presses += 1) {
        await key(arrow, {}, stage);
      }
    }
    await key('Enter', {}, stage);
    await key('Enter', {}, stage);
    expect(state().lastEdit?.name).toBe('Polygon');
  });
});
