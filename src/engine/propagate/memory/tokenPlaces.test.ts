/** Annotated tokens are looked for where their label is now, as far from its middle as they were. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KEY_COMPONENTS, memoryOf, queriesOf, type MemoryTokens } from './memoryTokens';
import type { SoftLabels } from './softLabels';
import { anchored, expectedCentres, labelPlacesOf, type LabelPlaces } from './tokenPlaces';

const SIZE = { width: 40, height: 30 };

/** Rectangles `[x, y, width, height]`, one for each label; they do not overlap. */
function labelsAt(...boxes: readonly (readonly [number, number, number, number] | null)[]): SoftLabels {
  const background = new Float32Array(SIZE.width * SIZE.height).fill(1);
  const planes = boxes.map((box) => {
    const plane = new Float32Array(background.length);
    const [x0, y0, width, height] = box ?? [0, 0, 0, 0];
    for (let y = y0; y < y0 + height; y += 1) {
      for (let x = x0; x < x0 + width; x += 1) {
        plane[y * SIZE.width + x] = 1;
        background[y * SIZE.width + x] = 0;
      }
    }
    return plane;
  });
  return { ...SIZE, planes: [background, ...planes] };
}

/** One token at each place, with the share that each label has of it. */
function tokensAt(places: readonly (readonly [number, number])[], shares: readonly number[][]): MemoryTokens {
  const channels = shares[0]!.length + 1;
  const values = new Float32Array(places.length * channels);
  shares.forEach((row, token) => {
    values.set([1 - row.reduce((sum, share) => sum + share, 0), ...row], token * channels);
  });
  const keys = new Float32Array(places.length * 256).fill(1 / 16);
  return { count: places.length, keys, centres: Float32Array.from(places.flat()), values };
}

describe('labelPlacesOf', () => {
  it('finds the middle in source pixels', () => {
    const [place] = labelPlacesOf(labelsAt([4, 6, 8, 2]), { width: 80, height: 60 });
    expect(place).toEqual({ middle: { x: 16, y: 14 }, extent: 8 });
  });

  it('is not misled by a speck far away, by ignored pixels, or by labels that are nowhere', () => {
    const labels = labelsAt([4, 6, 8, 4], null);
    labels.planes[1]![29 * SIZE.width + 39] = 1;
    const [place, nowhere] = labelPlacesOf(labels, SIZE);
    expect(Math.abs(place!.middle.x - 8)).toBeLessThan(1);
    expect(nowhere).toBe(null);
    const ignored = new Uint8Array(SIZE.width * SIZE.height);
    ignored[29 * SIZE.width + 39] = 1;
    expect(labelPlacesOf({ ...labels, ignored }, SIZE)[0]!.middle).toEqual({ x: 8, y: 8 });
  });
});

describe('expectedCentres', () => {
  const coordinate = fc.integer({ min: 0, max: 20 });

  it('move by as much as the label did, background around it too', () => {
    fc.assert(
      fc.property(coordinate, coordinate, coordinate, coordinate, (x0, y0, x1, y1) => {
        const then = labelPlacesOf(labelsAt([x0, y0, 6, 5]), SIZE);
        const now = labelPlacesOf(labelsAt([x1, y1, 6, 5]), SIZE);
        const tokens = anchored(
          tokensAt(
            [
              [3, 4],
              [39, 29],
            ],
            [[1], [0]],
          ),
          then,
        );
        expect([...expectedCentres(tokens, then, now)]).toEqual([
          3 + x1 - x0,
          4 + y1 - y0,
          39 + x1 - x0,
          29 + y1 - y0,
        ]);
      }),
    );
  });

  it('follow their own label, and background the nearest', () => {
    const then = labelPlacesOf(labelsAt([2, 2, 4, 4], [30, 20, 4, 4]), SIZE);
    const now = labelPlacesOf(labelsAt([5, 2, 4, 4], [30, 25, 4, 4]), SIZE);
    const tokens = anchored(
      tokensAt(
        [
          [8, 4],
          [28, 22],
          [8, 4],
        ],
        [
          [0, 0],
          [0, 0],
          [0, 0.6],
        ],
      ),
      then,
    );
    expect([...tokens.anchors]).toEqual([0, 1, 1]);
    expect([...expectedCentres(tokens, then, now)]).toEqual([11, 4, 28, 27, 8, 9]);
  });

  it('are anywhere while the label is missing on either frame', () => {
    const here: LabelPlaces = labelPlacesOf(labelsAt([2, 2, 4, 4]), SIZE);
    const tokens = anchored(tokensAt([[3, 3]], [[1]]), here);
    expect([...expectedCentres(tokens, here, [null])]).toEqual([NaN, NaN]);
    const lost = anchored(tokensAt([[3, 3]], [[0]]), [null]);
    expect([...expectedCentres(lost, [null], here)]).toEqual([NaN, NaN]);
  });
});

describe('memoryOf', () => {
  /** Similarity of a query at `place` with the only token. */
  function similarity(place: readonly [number, number], expected: readonly [number, number]): number {
    const tokens = tokensAt([[1, 1]], [[1]]);
    const { keys } = memoryOf([{ tokens, locality: 0.01, expected: Float32Array.from(expected) }], 2, 2);
    const queries = queriesOf({ ...tokens, centres: Float32Array.from(place) }, 2);
    let sum = 0;
    for (let i = 0; i < KEY_COMPONENTS; i += 1) {
      sum += queries[i]! * keys[i]!;
    }
    return sum;
  }

  it('makes tokens less like what is far from where they are expected, in cells', () => {
    expect(similarity([20, 10], [20, 10])).toBeCloseTo(1, 4);
    expect(similarity([20, 10], [14, 2])).toBeCloseTo(1 - 0.01 * (3 ** 2 + 4 ** 2), 4);
    expect(similarity([20, 10], [NaN, NaN])).toBeCloseTo(1, 4);
  });
});
