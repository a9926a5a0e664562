/** Slots cover every frame in view once, keep their frames while the strip pans, and are about as wide as a picture. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitScale, panBy, zoomAt } from '../timeline/timelineScale';
import { byDistance, filmstripSlots, framesPerSlot, placedPicture, standIns } from './filmstripSlots';

const views = fc
  .record({
    count: fc.integer({ min: 1, max: 5000 }),
    widthPx: fc.integer({ min: 100, max: 3000 }),
    zoom: fc.double({ min: 1, max: 200, noNaN: true }),
    pan: fc.double({ min: -3000, max: 60_000, noNaN: true }),
  })
  .map(({ count, widthPx, zoom, pan }) => panBy(zoomAt(fitScale(count, widthPx), widthPx / 2, zoom), pan));

describe('filmstripSlots', () => {
  it('covers what is in view without gap or overlap', () => {
    fc.assert(
      fc.property(views, fc.integer({ min: 20, max: 160 }), (scale, pictureWidthPx) => {
        const slots = filmstripSlots(scale, pictureWidthPx);
        const [first] = slots;
        const last = slots.at(-1);
        expect(first!.leftPx).toBeLessThanOrEqual(1e-6);
        expect(last!.leftPx + last!.widthPx).toBeGreaterThanOrEqual(
          Math.min(scale.widthPx, (scale.frameCount - scale.firstFrame) * scale.pxPerFrame) - 1e-6,
        );
        for (const [place, slot] of slots.entries()) {
          expect(slot.toFrame).toBeLessThan(scale.frameCount);
          expect(slots[place + 1]?.fromFrame ?? slot.toFrame + 1).toBe(slot.toFrame + 1);
        }
        const expectedMost = scale.widthPx / Math.min(pictureWidthPx * 0.7, scale.widthPx) + 3;
        expect(slots.length).toBeLessThanOrEqual(expectedMost);
      }),
    );
  });

  it('keeps the same frames while it pans', () => {
    const scale = zoomAt(fitScale(3000, 1000), 0, 20);
    const keys = (px: number): string[] =>
      filmstripSlots(panBy(scale, px), 80).map(({ fromFrame, toFrame }) => `${fromFrame}-${toFrame}`);
    const shared = keys(0).filter((key) => keys(300).includes(key));
    expect(shared.length).toBeGreaterThan(5);
  });

  it('has slots about as wide as a picture', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 48, noNaN: true }), (pxPerFrame) => {
        const share = (framesPerSlot(pxPerFrame, 80) * pxPerFrame) / 80;
        expect(share).toBeGreaterThan(0.7);
        expect(share).toBeLessThan(1.5);
      }),
    );
  });
});

it('wants what is nearest to the playhead first', () => {
  const slots = filmstripSlots(fitScale(100, 1000), 80);
  const [first, second] = byDistance(slots, 50);
  expect(first!.fromFrame <= 50 && first!.toFrame >= 50).toBe(true);
  expect(Math.abs(second!.fromFrame - first!.fromFrame)).toBe(8);
});

it('lets coarser pictures stand in, finest first', () => {
  const slot = { fromFrame: 12, toFrame: 13, leftPx: 0, widthPx: 1 };
  expect(standIns(slot, 20)).toEqual([
    { fromFrame: 12, toFrame: 15 },
    { fromFrame: 8, toFrame: 15 },
    { fromFrame: 0, toFrame: 15 },
    { fromFrame: 0, toFrame: 19 },
  ]);
});

it('crops a picture to a narrow slot and centres it in a wide one', () => {
  const picture = { width: 128, height: 72 };
  expect(placedPicture(picture, { leftPx: 10, widthPx: 64 }, 72)).toEqual({
    sourceX: 32,
    sourceWidth: 64,
    x: 10,
    width: 64,
  });
  expect(placedPicture(picture, { leftPx: 10, widthPx: 100 }, 36)).toEqual({
    sourceX: 0,
    sourceWidth: 128,
    x: 28,
    width: 64,
  });
});
