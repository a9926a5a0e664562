import { act } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { objectId } from '../../core/base/ids';
import { testFootage } from '../tools/testing/toolBench';
import {
  clientPoint,
  element,
  HEIGHT,
  key,
  mountStage,
  nextFrame,
  paintReduced,
  paintWhole,
  pixel,
  point,
  rectangleMask,
  sourcePoint,
  state,
  unmountStage,
  WIDTH,
} from './testing/stageHarness';

beforeEach(mountStage);
afterEach(unmountStage);

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
    // Chromium gives wheel events whole client pixels.
    const near = clientPoint(80, 45);
    const at = { clientX: Math.round(near.clientX), clientY: Math.round(near.clientY) };
    const under = sourcePoint(at);
    await act(async () => {
      element('[data-testid="stage"]').dispatchEvent(
        new WheelEvent('wheel', { ...at, deltaY: -240, bubbles: true, cancelable: true }),
      );
    });
    const zoomed = clientPoint(under.x, under.y);
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

describe('frames that go by', () => {
  it('are painted as small as they are seen, picture and masks alike, until the whole one comes', async () => {
    const [small, masks] = ['reduced-frame-layer', 'reduced-mask-layer'].map((name) =>
      element<HTMLCanvasElement>(`[data-testid="${name}"]`),
    );
    const frame = element<HTMLCanvasElement>('[data-testid="frame-layer"]');
    await act(async () => {
      state().setViewTransform({ scale: 0.5, x: 0, y: 0 });
      state().setFrameMasks('propagated', 1, [[objectId(1), rectangleMask([40, 40, 120, 100])]]);
    });
    expect(small?.hidden).toBe(true);
    await act(async () => paintReduced(1, 'lime'));
    expect([small?.hidden, masks?.hidden, frame.style.visibility]).toEqual([false, false, 'hidden']);
    expect([small?.width, small?.height]).toEqual([WIDTH / 2, HEIGHT / 2]);
    expect([masks?.width, masks?.height]).toEqual([WIDTH / 2, HEIGHT / 2]);
    expect(pixel('[data-testid="reduced-frame-layer"]', 40, 35)).toEqual([0, 255, 0, 255]);
    expect(pixel('[data-testid="reduced-mask-layer"]', 20, 35)[3]).toBe(255);
    expect(pixel('[data-testid="reduced-mask-layer"]', 40, 35)[3]).toBe(Math.round(0.45 * 255));
    expect(pixel('[data-testid="reduced-mask-layer"]', 19, 35)[3]).toBe(0);
    expect(pixel('[data-testid="mask-layer"]', 80, 70)[3]).toBe(0);
    await act(async () => paintWhole(1));
    expect([small?.hidden, masks?.hidden, frame.style.visibility]).toEqual([true, true, '']);
    expect(pixel('[data-testid="mask-layer"]', 80, 70)[3]).toBe(Math.round(0.45 * 255));
  });

  it('have their masks whole when a stroke begins on one', async () => {
    await act(async () => {
      state().setViewTransform({ scale: 0.5, x: 0, y: 0 });
      state().setFrameMasks('propagated', 1, [[objectId(1), rectangleMask([40, 40, 120, 100])]]);
      state().setTool('brush');
    });
    await act(async () => paintReduced(1, 'lime'));
    await point('pointerdown', 200, 150);
    expect(pixel('[data-testid="paint-layer"]', 80, 70)[3]).toBe(Math.round(0.45 * 255));
    await point('pointerup', 200, 150);
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
