/** Mean colours under the labels of a picture. */

/** Weights of red, green and blue in luminance, ITU-R BT.709. */
const LUMINANCE = [0.2126, 0.7152, 0.0722] as const;

/** 0..255 of the values as they were decoded (not linear light); NaN for an owner without pixels. */
export type MeanColour = {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
  readonly luminance: number;
};

/** Means for each owner from 0 to `count - 1`. `owners` is row-major; `rgba` has four bytes for each of its pixels. */
export function meanColours(
  owners: Uint8Array,
  rgba: Uint8ClampedArray | Uint8Array,
  count: number,
): MeanColour[] {
  const sums = new Float64Array(256 * 4);
  for (let pixel = 0, at = 0; pixel < owners.length; pixel += 1, at += 4) {
    const owner = owners[pixel]! * 4;
    sums[owner]! += 1;
    sums[owner + 1]! += rgba[at]!;
    sums[owner + 2]! += rgba[at + 1]!;
    sums[owner + 3]! += rgba[at + 2]!;
  }
  return Array.from({ length: count }, (_, owner) => {
    const pixels = sums[owner * 4]!;
    const mean = (channel: number): number => (pixels > 0 ? sums[owner * 4 + channel]! / pixels : Number.NaN);
    const [red, green, blue] = [mean(1), mean(2), mean(3)];
    return {
      red,
      green,
      blue,
      luminance: LUMINANCE[0] * red + LUMINANCE[1] * green + LUMINANCE[2] * blue,
    };
  });
}
