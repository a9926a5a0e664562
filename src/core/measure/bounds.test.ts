/** Bounds from probabilities, and colours under masks. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { objectId } from '../base/ids';
import { rleArea } from '../mask/rle';
import { encodeSoftMask, type SoftMask } from '../mask/softMask';
import { areasAtThresholds } from '../track/maskAtThreshold';
import { frameOf, measured, rleWhere } from './__fixtures__/shapes';
import type { FrameToMeasure } from './frameMeasurement';
import { meanColours } from './meanColour';

const size = { width: 120, height: 90 };

/** Logits that fall by `slope` for each pixel away from a straight edge; above 0 right of it. */
function softEdge(edge: number, slope: number, side: 1 | -1 = 1): SoftMask {
  const logits = Float32Array.from(
    { length: size.width * size.height },
    (_, pixel) => side * ((pixel % size.width) + 0.5 - edge) * slope,
  );
  return encodeSoftMask(logits, size.width, size.height);
}

function softFrame(edges: readonly { edge: number; side: 1 | -1; layer?: number }[]): FrameToMeasure {
  return {
    ...size,
    excluded: null,
    masks: edges.map(({ edge, side, layer = 0 }, index) => ({
      objectId: objectId(index + 1),
      rle: rleWhere(size, (x) => side * (x - edge) > 0),
      layer,
      soft: softEdge(edge, 0.1, side),
    })),
  };
}

/** At 0.1 a pixel, ln(0.7 / 0.3) = 0.847 is reached 8.47 pixels from the edge: 8 columns of centres. */
const BAND = 8 * size.height;

describe('bounds of area', () => {
  it('are the areas at 0.7 and 0.3', () => {
    const frame = softFrame([{ edge: 60, side: 1 }]);
    const { area, areaLower, areaUpper } = measured(frame).labels[0]!.values;
    expect([area, areaLower, areaUpper]).toEqual([60 * 90, 60 * 90 - BAND, 60 * 90 + BAND]);
    const { rle, soft } = frame.masks[0]!;
    const mask = { rle, soft: soft!, box: null, areaPx: rleArea(rle), predictedIou: null };
    expect(areasAtThresholds(mask, [0.7, 0.3])).toEqual([areaLower, areaUpper]);
  });

  it('are not known without probabilities', () => {
    const frame = frameOf(size, [rleWhere(size, (x) => x > 60)]);
    const { areaLower, areaUpper } = measured(frame).labels[0]!.values;
    expect([areaLower, areaUpper]).toEqual([NaN, NaN]);
  });

  it('leave out what is excluded, and what a higher layer has', () => {
    const left = rleWhere(size, (x) => x < 56);
    const frame = { ...softFrame([{ edge: 60, side: 1 }]), excluded: left };
    expect(measured(frame).labels[0]!.values.areaUpper).toBe(64 * 90);
    const sure = { objectId: objectId(9), rle: left, layer: 2 };
    const below = softFrame([{ edge: 60, side: 1 }]);
    expect(measured({ ...below, masks: [...below.masks, sure] }).labels[0]!.values.areaUpper).toBe(64 * 90);
    const besideIt = { ...sure, layer: 0 };
    expect(measured({ ...below, masks: [...below.masks, besideIt] }).labels[0]!.values.areaUpper).toBe(
      68 * 90,
    );
  });

  it('hold the area between them', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 5, max: 115, noNaN: true }),
        fc.double({ min: 5, max: 115, noNaN: true }),
        (a, b) => {
          const { labels, pairs } = measured(
            softFrame([
              { edge: a, side: 1 },
              { edge: b, side: -1 },
            ]),
          );
          for (const { values } of labels) {
            expect(values.areaLower).toBeLessThanOrEqual(values.area);
            expect(values.areaUpper).toBeGreaterThanOrEqual(values.area);
          }
          const { overlapLower, overlapArea, overlapUpper } = pairs[0]!.values;
          expect(overlapLower).toBeLessThanOrEqual(overlapArea);
          expect(overlapUpper).toBeGreaterThanOrEqual(overlapArea);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('of overlap count the pixels that may be of both', () => {
    // Two labels that meet at one edge: each reaches 8 columns into the other at 0.3, so 16 may be of both.
    const [pair] = measured(
      softFrame([
        { edge: 60, side: 1 },
        { edge: 60, side: -1 },
      ]),
    ).pairs;
    expect(pair!.values).toMatchObject({
      overlapArea: 0,
      overlapLower: 0,
      overlapUpper: 2 * BAND,
      distance: 0,
    });
  });
});

describe('meanColours', () => {
  it('are the means under each owner', () => {
    const rgba = Uint8ClampedArray.of(10, 20, 30, 255, 20, 40, 60, 255, 255, 0, 0, 255, 1, 2, 3, 0);
    const [background, one, two, none] = meanColours(Uint8Array.of(1, 1, 2, 0), rgba, 4);
    expect(one).toEqual({
      red: 15,
      green: 30,
      blue: 45,
      luminance: expect.closeTo(0.2126 * 15 + 0.7152 * 30 + 0.0722 * 45, 9),
    });
    expect(two).toMatchObject({ red: 255, green: 0, blue: 0, luminance: expect.closeTo(54.213, 9) });
    expect(background).toMatchObject({ red: 1, green: 2, blue: 3 });
    expect(none).toEqual({ red: NaN, green: NaN, blue: NaN, luminance: NaN });
  });
});
