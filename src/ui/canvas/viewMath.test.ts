import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  clampView,
  FIT_MARGIN_PX,
  fitView,
  MAX_SCALE,
  MIN_VISIBLE_PX,
  pinchedView,
  scaledAt,
  sourceToStage,
  stageToSource,
  wheelFactor,
  zoomedView,
} from './viewMath';

const size = fc.record({
  width: fc.integer({ min: 1, max: 8192 }),
  height: fc.integer({ min: 1, max: 8192 }),
});
const stageSize = fc.record({
  width: fc.integer({ min: 100, max: 3000 }),
  height: fc.integer({ min: 100, max: 3000 }),
});
const offset = fc.double({ min: -5000, max: 5000, noNaN: true });
const view = fc.record({ scale: fc.double({ min: 0.05, max: 32, noNaN: true }), x: offset, y: offset });
const stagePoint = fc.record({
  x: fc.double({ min: 0, max: 3000, noNaN: true }),
  y: fc.double({ min: 0, max: 3000, noNaN: true }),
});

/** How much of a picture of this length, beginning at `from`, lies on the stage. */
function overlap(from: number, length: number, room: number): number {
  return Math.min(from + length, room) - Math.max(from, 0);
}

function leastVisible(length: number, room: number): number {
  return Math.min(MIN_VISIBLE_PX, length, room) - 1e-6;
}

function turn(deltaY: number, deltaMode = 0, ctrlKey = false): number {
  return wheelFactor({ deltaY, deltaMode, ctrlKey });
}

describe('fitView', () => {
  it('shows the whole picture, centred, touching the margin on one axis or at the largest scale', () => {
    fc.assert(
      fc.property(size, stageSize, (picture, stage) => {
        const { scale, x, y } = fitView(picture, stage);
        const right = stage.width - (x + picture.width * scale);
        const bottom = stage.height - (y + picture.height * scale);
        expect(right).toBeCloseTo(x, 6);
        expect(bottom).toBeCloseTo(y, 6);
        expect(Math.min(x, y)).toBeGreaterThanOrEqual(FIT_MARGIN_PX - 1e-6);
        expect(scale === MAX_SCALE || Math.min(x, y) < FIT_MARGIN_PX + 1e-6).toBe(true);
      }),
    );
  });
});

describe('zooming', () => {
  it('keeps the source point under the pointer', () => {
    fc.assert(
      fc.property(
        view,
        stagePoint,
        fc.double({ min: 0.05, max: 32, noNaN: true }),
        (before, anchor, scale) => {
          const under = stageToSource(before, anchor);
          const after = sourceToStage(scaledAt(before, anchor, scale), under);
          expect(after.x).toBeCloseTo(anchor.x, 5);
          expect(after.y).toBeCloseTo(anchor.y, 5);
        },
      ),
    );
  });

  it('keeps it through the limits too, where the picture is not at risk of being lost', () => {
    const picture = { width: 640, height: 360 };
    const stage = { width: 1000, height: 700 };
    const anchor = { x: 700, y: 300 };
    let current = fitView(picture, stage);
    const under = stageToSource(current, anchor);
    for (let round = 0; round < 40; round += 1) {
      current = zoomedView(current, anchor, 1.3, picture, stage);
      const now = sourceToStage(current, under);
      expect(now.x).toBeCloseTo(anchor.x, 5);
      expect(now.y).toBeCloseTo(anchor.y, 5);
    }
    expect(current.scale).toBe(MAX_SCALE);
  });

  it('never loses the picture', () => {
    fc.assert(
      fc.property(view, size, stageSize, (wild, picture, stage) => {
        const { scale, x, y } = clampView(wild, picture, stage);
        const [width, height] = [picture.width * scale, picture.height * scale];
        expect(overlap(x, width, stage.width)).toBeGreaterThanOrEqual(leastVisible(width, stage.width));
        expect(overlap(y, height, stage.height)).toBeGreaterThanOrEqual(leastVisible(height, stage.height));
      }),
    );
  });

  it('turns the wheel up into larger and down into smaller, alike in both directions', () => {
    expect(turn(-100)).toBeGreaterThan(1);
    expect(turn(-100) * turn(100)).toBeCloseTo(1, 10);
    expect(turn(-3, 1)).toBeCloseTo(turn(-48), 10);
    expect(turn(-10, 0, true)).toBeGreaterThan(turn(-10));
  });
});

describe('pinchedView', () => {
  it('keeps the source point between the fingers between them, and scales by their spread', () => {
    const picture = { width: 640, height: 360 };
    const stage = { width: 1000, height: 700 };
    const before = fitView(picture, stage);
    const fingers = [
      { x: 400, y: 300 },
      { x: 500, y: 300 },
    ] as const;
    const spread = [
      { x: 380, y: 320 },
      { x: 580, y: 320 },
    ] as const;
    const after = pinchedView(before, fingers, spread, picture, stage);
    expect(after.scale).toBeCloseTo(before.scale * 2, 10);
    const under = stageToSource(before, { x: 450, y: 300 });
    const now = sourceToStage(after, under);
    expect(now.x).toBeCloseTo(480, 6);
    expect(now.y).toBeCloseTo(320, 6);
  });
});
