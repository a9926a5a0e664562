/** The timeline's geometry holds for any clip, width, zoom and frame rate. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frameAtTime } from '../../core/video/frameTable';
import {
  fitScale,
  frameMiddlePx,
  frameTicks,
  frameToPx,
  niceFrameStep,
  panBy,
  pxToFrame,
  resized,
  scrolledTo,
  secondTicks,
  shownRange,
  zoomAt,
  type TimelineScale,
} from './timelineScale';

const count = fc.integer({ min: 1, max: 20_000 });
const width = fc.integer({ min: 50, max: 4000 });
const moves = fc.array(
  fc.oneof(
    fc.record({
      px: fc.double({ min: 0, max: 4000, noNaN: true }),
      factor: fc.double({ min: 0.1, max: 10, noNaN: true }),
    }),
    fc.double({ min: -5000, max: 5000, noNaN: true }),
  ),
  { maxLength: 8 },
);

const scales = fc
  .tuple(count, width, moves)
  .map(([frames, widthPx, steps]) =>
    steps.reduce<TimelineScale>(
      (scale, step) => (typeof step === 'number' ? panBy(scale, step) : zoomAt(scale, step.px, step.factor)),
      fitScale(frames, widthPx),
    ),
  );

describe('frames and pixels', () => {
  it('finds the frame again from any place inside it', () => {
    fc.assert(
      fc.property(
        scales,
        fc.double({ min: 0, max: 0.999_999, noNaN: true }),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (scale, share, inside) => {
          const frame = Math.floor(share * scale.frameCount);
          expect(pxToFrame(scale, frameToPx(scale, frame + inside))).toBe(frame);
        },
      ),
    );
  });

  it('shows a range whole, and as large as the zoom allows', () => {
    fc.assert(
      fc.property(scales, fc.nat(20_000), fc.nat(20_000), (scale, a, b) => {
        const last = scale.frameCount - 1;
        const [from, to] = [Math.min(a, b, last), Math.min(Math.max(a, b), last)];
        const shown = shownRange(scale, from, to);
        expect(frameToPx(shown, from)).toBeGreaterThanOrEqual(-1e-6);
        expect(frameToPx(shown, to + 1)).toBeLessThanOrEqual(shown.widthPx + 1e-6 * shown.widthPx);
        const isLargest = (to - from + 1) * shown.pxPerFrame > shown.widthPx - 1e-6 * shown.widthPx;
        expect(isLargest || shown.pxPerFrame >= Math.max(48, shown.widthPx / 3) - 1e-6).toBe(true);
      }),
    );
  });

  it('fills the view with a range of a few frames', () => {
    const shown = shownRange(fitScale(3000, 1000), 1500, 1504);
    expect(shown).toMatchObject({ firstFrame: 1500, pxPerFrame: 200 });
  });

  it('clamps places outside the clip', () => {
    const scale = fitScale(10, 100);
    expect(pxToFrame(scale, -50)).toBe(0);
    expect(pxToFrame(scale, 5000)).toBe(9);
  });

  it('never shows less than the clip fills, nor past its ends', () => {
    fc.assert(
      fc.property(scales, (scale) => {
        expect(scale.pxPerFrame * scale.frameCount).toBeGreaterThanOrEqual(scale.widthPx - 1e-6);
        expect(scale.firstFrame).toBeGreaterThanOrEqual(0);
        expect(frameToPx(scale, scale.frameCount)).toBeGreaterThanOrEqual(scale.widthPx - 1e-3);
      }),
    );
  });

  it('keeps what is under the pointer in place when it zooms in', () => {
    const scale = zoomAt(fitScale(1000, 1000), 400, 4);
    expect(scale.firstFrame + 400 / scale.pxPerFrame).toBeCloseTo(400, 6);
  });

  it('brings a frame into view, and moves nothing when it is there', () => {
    fc.assert(
      fc.property(scales, fc.double({ min: 0, max: 0.999_999, noNaN: true }), (scale, share) => {
        const frame = Math.floor(share * scale.frameCount);
        const next = scrolledTo(scale, frame);
        expect(frameToPx(next, frame)).toBeGreaterThan(-0.01);
        expect(frameToPx(next, frame)).toBeLessThan(next.widthPx);
        expect(scrolledTo(next, frame).firstFrame).toBeCloseTo(next.firstFrame, 3);
      }),
    );
  });

  it('stays fitted through a change of width, and zoomed when it was zoomed', () => {
    expect(resized(fitScale(100, 1), 900)).toEqual(fitScale(100, 900));
    const zoomed = zoomAt(fitScale(1000, 1000), 0, 5);
    expect(resized(zoomed, 800).pxPerFrame).toBe(zoomed.pxPerFrame);
  });
});

function gaps(ticks: readonly { px: number }[]): number[] {
  return ticks.slice(1).map((tick, index) => tick.px - (ticks[index]?.px ?? 0));
}

describe('ticks', () => {
  it('takes steps of 1, 2 or 5 times a power of ten', () => {
    expect([0.2, 1, 1.1, 3, 5.5, 11, 21, 51, 999].map((least) => niceFrameStep(least))).toEqual([
      1, 1, 2, 5, 10, 20, 50, 100, 1000,
    ]);
  });

  it('keeps frame labels apart and in view', () => {
    fc.assert(
      fc.property(scales, fc.integer({ min: 20, max: 120 }), (scale, minGapPx) => {
        const ticks = frameTicks(scale, minGapPx);
        expect(ticks.length).toBeLessThanOrEqual(scale.widthPx / minGapPx + 2);
        for (const gap of gaps(ticks)) {
          expect(gap).toBeGreaterThanOrEqual(minGapPx - 1e-6);
        }
        for (const { px } of ticks) {
          expect(px).toBeGreaterThanOrEqual(-1e-6);
          expect(px).toBeLessThanOrEqual(scale.widthPx + 1e-6);
        }
      }),
    );
  });

  it('puts the number of a frame where its playhead stands, in the middle of its cell', () => {
    const short = fitScale(6, 1200);
    expect(frameTicks(short, 64).map(({ px, label }) => [label, px])).toEqual([
      ['0', 100],
      ['1', 300],
      ['2', 500],
      ['3', 700],
      ['4', 900],
      ['5', 1100],
    ]);
    fc.assert(
      fc.property(scales, (scale) => {
        for (const { px, label } of frameTicks(scale, 64)) {
          const frame = Number(label);
          expect(px).toBe(frameMiddlePx(scale, frame));
          expect(px - frameToPx(scale, frame)).toBeCloseTo(frameToPx(scale, frame + 1) - px, 5);
        }
      }),
    );
  });

  it('keeps second labels apart where the frame rate varies', () => {
    const durations = fc.array(fc.double({ min: 0.001, max: 3, noNaN: true }), {
      minLength: 1,
      maxLength: 400,
    });
    fc.assert(
      fc.property(durations, width, fc.double({ min: 1, max: 30, noNaN: true }), (all, widthPx, factor) => {
        let end = 0;
        const timestampsSec = Float64Array.from(all, (duration) => {
          const start = end;
          end += duration;
          return start;
        });
        const table = { timestampsSec, lastDurationSec: all.at(-1) ?? 1 };
        const scale = zoomAt(fitScale(all.length, widthPx), widthPx / 3, factor);
        const ticks = secondTicks(scale, table, 64);
        expect(ticks.length).toBeLessThanOrEqual(widthPx / 64 + 2);
        for (const gap of gaps(ticks)) {
          expect(gap).toBeGreaterThanOrEqual(64 - 1e-6);
        }
      }),
    );
  });

  it('has ticks on films of high speed, too', () => {
    const table = {
      timestampsSec: Float64Array.from({ length: 120 }, (_, index) => index / 10_000),
      lastDurationSec: 1 / 10_000,
    };
    expect(
      secondTicks(fitScale(120, 1000), table, 64)
        .map(({ label }) => label)
        .slice(0, 3),
    ).toEqual(['0.000 s', '0.001 s', '0.002 s']);
  });

  it('puts a second where its frame starts', () => {
    const table = {
      timestampsSec: Float64Array.from({ length: 250 }, (_, index) => index / 25),
      lastDurationSec: 0.04,
    };
    const scale = fitScale(250, 1000);
    const ticks = secondTicks(scale, table, 64);
    expect(ticks.map((tick) => tick.label)).toEqual([
      '0 s',
      '1 s',
      '2 s',
      '3 s',
      '4 s',
      '5 s',
      '6 s',
      '7 s',
      '8 s',
      '9 s',
    ]);
    expect(ticks[3]?.px).toBeCloseTo(frameToPx(scale, frameAtTime(table, 3)), 6);
  });

  it('writes minutes for long clips', () => {
    const table = {
      timestampsSec: Float64Array.from({ length: 600 }, (_, index) => index),
      lastDurationSec: 1,
    };
    const labels = secondTicks(fitScale(600, 640), table, 64).map((tick) => tick.label);
    expect(labels.slice(0, 3)).toEqual(['0:00', '1:00', '2:00']);
  });
});
