/** Where the tokens of an annotated frame are expected on another: as far from their label's middle as they were. */
import type { Point, Size } from '../../../core/geometry/box';
import type { MemoryTokens } from './memoryTokens';
import type { SoftLabels } from './softLabels';

/** A label's centre of mass and the side of a square of its area, in source pixels. */
export type LabelPlace = { readonly middle: Point; readonly extent: number };

/** One for each label; null where it is nowhere. */
export type LabelPlaces = readonly (LabelPlace | null)[];

export type AnchoredTokens = MemoryTokens & {
  /** For each token the label that it moves with; -1 for none. */
  readonly anchors: Int16Array;
};

/** Fewer work pixels are nothing to go by. */
const LEAST_AREA = 4;
/** A token whose cell a label has this share of moves with that label, any other with the nearest. */
const OWN_SHARE = 0.5;

/** Of pixels that are rather the label's than not. Ignored pixels do not count. */
export function labelPlacesOf(
  { width, height, planes, ignored }: SoftLabels,
  source: Size,
): (LabelPlace | null)[] {
  const scaleX = source.width / width;
  const scaleY = source.height / height;
  return planes.slice(1).map((plane) => {
    let [area, sumX, sumY] = [0, 0, 0];
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) {
        const pixel = y * width + x;
        if (plane[pixel]! > 0.5 && !ignored?.[pixel]) {
          area += 1;
          sumX += x;
          sumY += y;
        }
      }
    }
    if (area < LEAST_AREA) {
      return null;
    }
    const middle = { x: (sumX / area + 0.5) * scaleX, y: (sumY / area + 0.5) * scaleY };
    return { middle, extent: Math.sqrt(area * scaleX * scaleY) };
  });
}

/** `places` are those of the tokens' own frame. Which label is nearest is told by distance over extent. */
export function anchored(tokens: MemoryTokens, places: LabelPlaces): AnchoredTokens {
  const { count, centres, values } = tokens;
  const channels = places.length + 1;
  const anchors = new Int16Array(count).fill(-1);
  for (let token = 0; token < count; token += 1) {
    let nearest = Infinity;
    for (const [label, place] of places.entries()) {
      if (place) {
        const isOwn = values[token * channels + label + 1]! >= OWN_SHARE;
        const dx = (centres[token * 2]! - place.middle.x) / place.extent;
        const dy = (centres[token * 2 + 1]! - place.middle.y) / place.extent;
        const distance = isOwn ? -1 : dx * dx + dy * dy;
        if (distance < nearest) {
          anchors[token] = label;
          nearest = distance;
        }
      }
    }
  }
  return { ...tokens, anchors };
}

/**
 * Float32[count * 2]: the tokens' centres in source pixels, moved as their labels did from `then` to `now`. NaN for a
 * token that may be anywhere, since its label is missing on one of the two frames.
 */
export function expectedCentres(
  { count, centres, anchors }: AnchoredTokens,
  then: LabelPlaces,
  now: LabelPlaces,
): Float32Array<ArrayBuffer> {
  const expected = new Float32Array(count * 2).fill(NaN);
  for (let token = 0; token < count; token += 1) {
    const from = then[anchors[token]!]?.middle;
    const to = now[anchors[token]!]?.middle;
    if (from && to) {
      expected[token * 2] = centres[token * 2]! + to.x - from.x;
      expected[token * 2 + 1] = centres[token * 2 + 1]! + to.y - from.y;
    }
  }
  return expected;
}
