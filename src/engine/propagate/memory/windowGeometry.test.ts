/** Work maps, cells and windows: what lies where, and that nothing is lost between them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Box, Size } from '../../../core/geometry/box';
import type { BinaryMask } from '../../../core/mask/binaryMask';
import { sampleGrid } from './sampleGrid';
import { WORK_SIDE_PX, enlarge, softLabelsOf, softmaxLabels, workSizeOf } from './softLabels';
import { trackingWindow, wholePicture } from './trackingWindow';
import {
  GRID_SIDE,
  averageOverCells,
  averagePlaneOverCells,
  insideOf,
  spreadCells,
  windowGridOf,
} from './windowGrid';

const footage: fc.Arbitrary<Size> = fc.record({
  width: fc.integer({ min: 40, max: 900 }),
  height: fc.integer({ min: 40, max: 900 }),
});

/** A box of whole pixels in a picture, at least 20 pixels wide and high. */
function boxIn({ width, height }: Size): fc.Arbitrary<Box> {
  const span = (side: number) =>
    fc
      .tuple(fc.nat(side - 20), fc.nat(side - 20))
      .map(([from, more]) => [from, Math.min(side, from + 20 + more)] as const);
  return fc.tuple(span(width), span(height)).map(([[x0, x1], [y0, y1]]): Box => [x0, y0, x1, y1]);
}

const footageWithBox = footage.chain((source) => boxIn(source).map((box) => ({ source, box })));

function maskOf({ width, height }: Size, [x0, y0, x1, y1]: Box): BinaryMask {
  const data = new Uint8Array(width * height);
  for (let y = y0; y < y1; y += 1) {
    data.fill(1, y * width + x0, y * width + x1);
  }
  return { width, height, data };
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) {
    total += value;
  }
  return total;
}

describe('the work map', () => {
  it('is no larger than it need be, and never larger than the footage', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 5000 }), (width, height) => {
        const work = workSizeOf({ width, height });
        expect(Math.max(work.width, work.height)).toBe(Math.min(WORK_SIDE_PX, Math.max(width, height)));
        expect(Math.abs(work.width / width - work.height / height)).toBeLessThanOrEqual(
          1 / Math.min(width, height),
        );
      }),
    );
  });

  it('has shares that add up to 1, and keeps areas', () => {
    fc.assert(
      fc.property(footageWithBox, fc.integer({ min: 1, max: 3 }), ({ source, box }, scale) => {
        const large = { width: source.width * scale, height: source.height * scale };
        const left: Box = [box[0], box[1], Math.floor((box[0] + box[2]) / 2), box[3]];
        const right: Box = [left[2], box[1], box[2], box[3]];
        const boxes = [left, right].map((part) => part.map((side) => side * scale) as unknown as Box);
        const labels = softLabelsOf(
          boxes.map((part) => maskOf(large, part)),
          source,
        );
        expect([labels.width, labels.height]).toEqual([source.width, source.height]);
        for (let pixel = 0; pixel < source.width * source.height; pixel += 97) {
          expect(sum(labels.planes.map((plane) => plane[pixel]!))).toBeCloseTo(1, 5);
        }
        // A whole number of pixels makes one of the work map: no share is rounded.
        boxes.forEach(([x0, y0, x1, y1], label) => {
          expect(sum(labels.planes[label + 1]!) * scale ** 2).toBeCloseTo((x1 - x0) * (y1 - y0), 3);
        });
      }),
      { numRuns: 20 },
    );
  });

  it('is a softmax of competing logits against the background', () => {
    const logit = fc.double({ min: -30, max: 30, noNaN: true });
    fc.assert(
      fc.property(fc.array(logit, { minLength: 1, maxLength: 4 }), (values) => {
        const { planes } = softmaxLabels(
          { width: 1, height: 1 },
          values.map((value) => Float32Array.of(value)),
        );
        expect(sum(planes.map((plane) => plane[0]!))).toBeCloseTo(1, 5);
        values.forEach((value, label) => {
          // Odds against the background are what the logit says.
          const odds = Math.log(planes[label + 1]![0]! / planes[0]![0]!);
          expect(odds).toBeCloseTo(value, 2);
        });
      }),
    );
  });

  it('is enlarged without moving or overshooting', () => {
    fc.assert(
      fc.property(footage, fc.double({ min: -9, max: 9 }), fc.double({ min: -9, max: 9 }), (source, a, b) => {
        fc.pre(!Number.isNaN(a + b));
        const work = { width: Math.ceil(source.width / 2), height: Math.ceil(source.height / 2) };
        // A ramp along x, as seen at pixel centres.
        const ramp = (x: number, width: number): number => a + (b - a) * ((x + 0.5) / width);
        const plane = Float32Array.from({ length: work.width * work.height }, (_, pixel) =>
          ramp(pixel % work.width, work.width),
        );
        const large = enlarge(plane, work, source);
        expect(large).toHaveLength(source.width * source.height);
        for (let x = 1; x < source.width - 1; x += 1) {
          expect(large[x + source.width * 7]).toBeCloseTo(ramp(x, source.width), 3);
        }
        expect(enlarge(plane, work, work)).toBe(plane);
      }),
      { numRuns: 20 },
    );
  });
});

describe('sampleGrid', () => {
  it('repeats edges, and leaves the rest alone', () => {
    const plane = sampleGrid(Float32Array.of(1, 3), 2, 1, {
      work: { width: 6, height: 2 },
      outside: -5,
      toColumn: (x) => x - 2,
      toRow: () => 9,
      inside: [1, 0, 5, 1],
    });
    expect([...plane]).toEqual([-5, 1, 1, 3, 3, -5, -5, -5, -5, -5, -5, -5]);
  });
});

describe('the cells of a window', () => {
  it('cover the window and hardly more', () => {
    fc.assert(
      fc.property(footageWithBox, ({ box }) => {
        const grid = windowGridOf(box);
        const [width, height] = [box[2] - box[0], box[3] - box[1]];
        expect(Math.max(grid.columns, grid.rows)).toBe(GRID_SIDE);
        expect(grid.columns * grid.cellWidth).toBeGreaterThan(width - 1e-6);
        expect((grid.columns - 1) * grid.cellWidth).toBeLessThan(width);
        expect(grid.rows * grid.cellHeight).toBeGreaterThan(height - 1e-6);
        expect((grid.rows - 1) * grid.cellHeight).toBeLessThan(height);
      }),
    );
  });

  it('give a smooth plane back, from window to cells and from cells to window', () => {
    fc.assert(
      fc.property(
        footageWithBox,
        fc.double({ min: -2, max: 2, noNaN: true }),
        fc.double({ min: -2, max: 2, noNaN: true }),
        ({ source, box }, slopeX, slopeY) => {
          const work = workSizeOf(source);
          const value = (x: number, y: number): number =>
            slopeX * ((x + 0.5) / work.width) + slopeY * ((y + 0.5) / work.height);
          const plane = Float32Array.from({ length: work.width * work.height }, (_, pixel) =>
            value(pixel % work.width, Math.floor(pixel / work.width)),
          );
          const grid = windowGridOf(box);
          const back = spreadCells(averagePlaneOverCells(plane, work, grid, source), grid, {
            source,
            work,
            outside: 7,
          });
          const [x0, y0, x1, y1] = insideOf(box, source, work);
          // Cells end at whole work pixels, so they may lie half a pixel off, and the outermost ones are repeated.
          const reach = (cell: number, side: number, slope: number): number =>
            Math.abs(slope) * ((cell + 1.5) / side);
          const tolerance =
            reach((grid.cellWidth * work.width) / source.width, work.width, slopeX) +
            reach((grid.cellHeight * work.height) / source.height, work.height, slopeY) +
            1e-5;
          for (let y = y0; y < y1; y += 5) {
            for (let x = x0; x < x1; x += 5) {
              const at = y * work.width + x;
              expect(Math.abs(back[at]! - plane[at]!)).toBeLessThanOrEqual(tolerance);
            }
          }
          const outside = back.filter(
            (_, at) =>
              !(
                at % work.width >= x0 &&
                at % work.width < x1 &&
                Math.floor(at / work.width) >= y0 &&
                Math.floor(at / work.width) < y1
              ),
          );
          expect(outside.every((entry) => entry === 7)).toBe(true);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('hold a label map: shares of a cell add up to 1', () => {
    fc.assert(
      fc.property(footageWithBox, ({ source, box }) => {
        const labels = softLabelsOf([maskOf(source, box)], workSizeOf(source));
        const [background, label] = averageOverCells(labels, windowGridOf(wholePicture(source)), source);
        background!.forEach((share, cell) => expect(share + label![cell]!).toBeCloseTo(1, 4));
        // A large box fills some cells.
        expect(Math.max(...label!)).toBeGreaterThan(0.5);
      }),
      { numRuns: 20 },
    );
  });
});

describe('the tracking window', () => {
  const windowOf = (source: Size, box: Box): Box =>
    trackingWindow(softLabelsOf([maskOf(source, box)], workSizeOf(source)), source);

  it('lies inside the picture, in whole pixels, and holds what it follows', () => {
    fc.assert(
      fc.property(footageWithBox, ({ source, box }) => {
        const [x0, y0, x1, y1] = windowOf(source, box);
        expect([x0, y0, x1, y1].every(Number.isInteger)).toBe(true);
        expect(x0).toBeGreaterThanOrEqual(0);
        expect(y0).toBeGreaterThanOrEqual(0);
        expect(x1).toBeLessThanOrEqual(source.width);
        expect(y1).toBeLessThanOrEqual(source.height);
        // The work map may be smaller than the footage: half of one of its pixels is not seen as foreground.
        const blur = source.width / workSizeOf(source).width / 2 + 1e-6;
        expect(x0).toBeLessThanOrEqual(box[0] + blur);
        expect(y0).toBeLessThanOrEqual(box[1] + blur);
        expect(x1).toBeGreaterThanOrEqual(box[2] - blur);
        expect(y1).toBeGreaterThanOrEqual(box[3] - blur);
      }),
      { numRuns: 60 },
    );
  });

  it('leaves room around what it follows unless the picture ends there', () => {
    fc.assert(
      fc.property(footageWithBox, ({ source, box }) => {
        const window = windowOf(source, box);
        const extent = Math.max(box[2] - box[0], box[3] - box[1]);
        const room = [box[0] - window[0], box[1] - window[1], window[2] - box[2], window[3] - box[3]];
        const atEdge = [
          window[0] === 0,
          window[1] === 0,
          window[2] === source.width,
          window[3] === source.height,
        ];
        room.forEach((space, side) => {
          if (!atEdge[side]) {
            // More than a tenth of its size on each side, windows moving in coarse steps.
            expect(space).toBeGreaterThan(extent * 0.1);
          }
        });
      }),
      { numRuns: 60 },
    );
  });

  it('is the whole picture for large labels and for none', () => {
    fc.assert(
      fc.property(footage, (source) => {
        const { width, height } = source;
        const whole = wholePicture(source);
        expect(windowOf(source, whole)).toEqual(whole);
        expect(windowOf(source, [0, 0, width, Math.ceil(height / 2)])).toEqual(whole);
        expect(trackingWindow(softLabelsOf([], workSizeOf(source)), source)).toEqual(whole);
      }),
      { numRuns: 20 },
    );
  });

  it('is a part of the picture for small labels', () => {
    const [x0, y0, x1, y1] = windowOf({ width: 640, height: 480 }, [300, 200, 340, 240]);
    expect((x1 - x0) * (y1 - y0)).toBeLessThan(0.2 * 640 * 480);
  });

  it('mostly stays where it is while a label moves a little', () => {
    const source = { width: 640, height: 480 };
    const windows = Array.from({ length: 20 }, (_, step) =>
      windowOf(source, [200 + step, 200, 240 + step, 240]).join(),
    );
    expect(new Set(windows).size).toBeLessThanOrEqual(3);
  });
});
