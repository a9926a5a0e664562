/** Mattes cut at one half are the exported masks, pixel for pixel, however coarse the probabilities are. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composeNumberMap, pixelsOf } from '../core/export/wideLabelMap';
import { encodeRle, type Rle } from '../core/mask/rle';
import { mergeLogits } from '../core/mask/mergeLogits';
import { encodeSoftMask, softGridOf } from '../core/mask/softMask';
import { softMasksOf } from '../core/mask/softLogits';
import { softGreys } from './softPng';

const size = { width: 23, height: 17 };
const PIXELS = size.width * size.height;

const masks = fc
  .array(fc.boolean(), { minLength: PIXELS, maxLength: PIXELS })
  .map((bits): Rle => encodeRle({ ...size, data: Uint8Array.from(bits, Number) }));

/** On a grid coarser than the picture, as large pictures have it. */
const softs = fc
  .record({ width: fc.integer({ min: 1, max: 9 }), height: fc.integer({ min: 1, max: 9 }) })
  .chain(({ width, height }) =>
    fc
      .array(fc.float({ min: -8, max: 8, noNaN: true }), {
        minLength: width * height,
        maxLength: width * height,
      })
      .map((logits) => encodeSoftMask(Float32Array.from(logits), width, height)),
  );

describe('softGreys', () => {
  it('cut at one half, are the pixels that the label map gives to the label, in 8 and 16 bits', () => {
    fc.assert(
      fc.property(masks, masks, fc.option(softs, { nil: undefined }), (below, above, soft) => {
        const map = composeNumberMap(
          size,
          [
            { number: 1, rle: below },
            { number: 2, rle: above },
          ],
          false,
        );
        const wanted = [...pixelsOf(map, 1)];
        const small = softGreys(soft, map, 1, new Uint8Array(PIXELS));
        const large = softGreys(soft, map, 1, new Uint16Array(PIXELS));
        expect([...small].map((grey) => (grey / 255 >= 0.5 ? 1 : 0))).toEqual(wanted);
        expect([...large].map((grey) => (grey / 65535 >= 0.5 ? 1 : 0))).toEqual(wanted);
      }),
    );
  });

  it('has no step at the edge of a drawing that is smoother than the grid', () => {
    const [width, height] = [960, 540];
    const data = new Float32Array(width * height);
    for (let pixel = 0; pixel < data.length; pixel += 1) {
      const [x, y] = [pixel % width, Math.floor(pixel / width)];
      data[pixel] = (120 - Math.hypot(x + 0.5 - 400, y + 0.5 - 300)) / 8;
    }
    const logits = { width, height, data };
    const [soft] = softMasksOf([logits]);
    expect(softGridOf(logits).width).toBeLessThan(width);
    const rle = encodeRle(mergeLogits([logits])[0]!);
    const map = composeNumberMap(logits, [{ number: 1, rle }], false);
    const greys = softGreys(soft, map, 1, new Uint8Array(width * height));
    let steepest = 0;
    for (let pixel = 0; pixel < greys.length - 1; pixel += 1) {
      if (pixel % width < width - 1) {
        steepest = Math.max(steepest, Math.abs(greys[pixel]! - greys[pixel + 1]!));
      }
    }
    // One pixel is an eighth of a logit: 8 greys at the steepest place of the curve.
    expect(steepest).toBeLessThanOrEqual(12);
  });
});
