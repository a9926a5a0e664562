/** Pixels and frames become the user's lengths, axes and times. */
import { describe, expect, it } from 'vitest';
import {
  isUsableScale,
  lengthUnit,
  pixelsPerUnit,
  plainCalibration,
  timeOfFrame,
  toUserHeight,
  toUserPoint,
  unitFactor,
  unitOf,
  type Calibration,
} from './calibration';
import { labelQuantity } from './quantityValues';
import { outsideRegion } from './excludedPixels';
import { rleArea } from '../mask/rle';
import { rleWhere, valuesOf } from './__fixtures__/shapes';

const size = { width: 200, height: 100 };
/** 30 px across and 40 px down are 50 px, and 25 mm. */
const scale = { from: { x: 10, y: 10 }, to: { x: 40, y: 50 }, length: 25, unit: ' mm ' };
const metric: Calibration = { ...plainCalibration, scale };

describe('a scale', () => {
  it('gives lengths, areas and speeds their units', () => {
    expect(pixelsPerUnit(metric)).toBe(2);
    expect(lengthUnit(metric)).toBe('mm');
    expect([unitOf('area', metric), unitFactor('area', metric)]).toEqual(['mm²', 0.25]);
    expect([unitOf('speed', metric), unitFactor('speed', metric)]).toEqual(['mm/s', 0.5]);
    expect([unitOf('count', metric), unitFactor('count', metric)]).toEqual(['', 1]);
    expect([unitOf('area', plainCalibration), unitFactor('area', plainCalibration)]).toEqual(['px²', 1]);
  });

  it('needs two places, a length and a unit', () => {
    expect(isUsableScale(scale)).toBe(true);
    for (const wrong of [
      { to: scale.from },
      { length: 0 },
      { length: Infinity },
      { unit: ' ' },
      { unit: 'px' },
    ]) {
      expect(isUsableScale({ ...scale, ...wrong })).toBe(false);
      expect(pixelsPerUnit({ scale: { ...scale, ...wrong } })).toBe(1);
      expect(lengthUnit({ scale: { ...scale, ...wrong } })).toBe('px');
    }
  });
});

describe('axes', () => {
  it('begin in the corner where both point into the picture, or where the user puts them', () => {
    const up: Calibration = { ...metric, yAxis: 'up' };
    expect(toUserPoint({ x: 20, y: 90 }, metric, size)).toEqual({ x: 10, y: 45 });
    expect(toUserPoint({ x: 20, y: 90 }, up, size)).toEqual({ x: 10, y: 5 });
    expect(toUserPoint({ x: 20, y: 90 }, { ...up, origin: { x: 30, y: 60 } }, size)).toEqual({
      x: -5,
      y: -15,
    });
    expect(toUserHeight(90, up, size)).toBe(5);
    expect(toUserHeight(90, metric, size)).toBe(45);
  });

  it('turn counter-clockwise as seen', () => {
    // Turned by 90 degrees the x axis points up in the picture, and y, a quarter turn on, to the left.
    const turned: Calibration = { ...plainCalibration, yAxis: 'up', origin: { x: 50, y: 50 }, angleDeg: 90 };
    const above = toUserPoint({ x: 50, y: 40 }, turned, size);
    expect([above.x, above.y]).toEqual([expect.closeTo(10, 9), expect.closeTo(0, 9)]);
    const right = toUserPoint({ x: 60, y: 50 }, turned, size);
    expect([right.x, right.y]).toEqual([expect.closeTo(0, 9), expect.closeTo(-10, 9)]);
  });

  it.each([
    ['up', 0, 30],
    ['up', 20, 10],
    ['down', 0, -30],
    ['up', -75, -75],
  ] as const)(
    'with y %s, turned by %f, find a bar that rises by 30 degrees at %f',
    (yAxis, angleDeg, expected) => {
      const angle = Math.PI / 6;
      const bar = rleWhere(size, (x, y) => {
        const [dx, dy] = [x - 100, 50 - y];
        return (
          Math.abs(dx * Math.cos(angle) + dy * Math.sin(angle)) < 45 &&
          Math.abs(dy * Math.cos(angle) - dx * Math.sin(angle)) < 6
        );
      });
      const calibration: Calibration = { ...plainCalibration, yAxis, angleDeg };
      const found = labelQuantity('orientation', valuesOf(size, bar), 1, { calibration, size });
      expect(Math.abs(found - expected)).toBeLessThan(0.3);
    },
  );

  it('that point up make the uppermost row the greatest height', () => {
    const values = valuesOf(
      size,
      rleWhere(size, (x, y) => y > 20 + x / 10 && y < 80),
    );
    const up = { calibration: { ...metric, yAxis: 'up' as const }, size };
    const down = { calibration: metric, size };
    expect(labelQuantity('upperEdgeMax', values, 1, up)).toBe((100 - 20) / 2);
    expect(labelQuantity('upperEdgeMin', values, 1, up)).toBe((100 - 40) / 2);
    expect(labelQuantity('upperEdgeMax', values, 1, down)).toBe(40 / 2);
    expect(labelQuantity('lowerEdgeMean', values, 1, up)).toBe((100 - 80) / 2);
    expect(labelQuantity('boxTop', values, 1, up)).toBe((100 - 20) / 2);
  });
});

describe('times', () => {
  it("are the footage's own, or follow from the rate", () => {
    const frameTable = { timestampsSec: Float64Array.of(0, 0.04, 0.1), lastDurationSec: 0.04 };
    expect(timeOfFrame(frameTable, 2, plainCalibration)).toBe(0.1);
    expect(timeOfFrame(frameTable, 2, { frameRate: 1000 })).toBe(0.002);
  });
});

describe('a region', () => {
  it('leaves out the pixels whose centres are outside', () => {
    expect(outsideRegion(null, size)).toBeNull();
    expect(outsideRegion({ kind: 'box', box: [0, 0, 200, 100] }, size)).toBeNull();
    const box = outsideRegion({ kind: 'box', box: [10, 20, 60, 50] }, size);
    expect(rleArea(box!)).toBe(200 * 100 - 50 * 30);
    const triangle = [
      { x: 0, y: 0 },
      { x: 100, y: 0 },
      { x: 0, y: 100 },
    ];
    const outside = outsideRegion({ kind: 'polygon', points: triangle }, size);
    // Half a square; centres on the long side count on one side of it only.
    expect(Math.abs(200 * 100 - rleArea(outside!) - 5000)).toBeLessThanOrEqual(50);
  });
});
