/** The colour map of Pascal VOC that DAVIS's annotations use: which colour a label number is shown in. */
import { assert } from '../core/base/assert';

function colourOf(number: number): [red: number, green: number, blue: number] {
  let [red, green, blue] = [0, 0, 0];
  let rest = number;
  for (let bit = 7; bit >= 0; bit -= 1) {
    red |= (rest & 1) << bit;
    green |= ((rest >> 1) & 1) << bit;
    blue |= ((rest >> 2) & 1) << bit;
    rest >>= 3;
  }
  return [red, green, blue];
}

/**
 * 256 RGB triples. Bits 0, 1 and 2 of a number are the highest bits of red, green and blue, bits 3, 4 and 5 the next
 * ones, and so on, so that neighbouring numbers look unlike (VOC development kit, `VOClabelcolormap.m`).
 */
export const davisPalette: Uint8Array = Uint8Array.from(
  Array.from({ length: 256 }, (_, number) => colourOf(number)).flat(),
);

/** The palette colour of a label number as `#rrggbb`. */
export function paletteColour(number: number): string {
  assert(Number.isInteger(number) && number >= 0 && number <= 255, `no palette colour ${number}`);
  const hex = colourOf(number).map((channel) => channel.toString(16).padStart(2, '0'));
  return `#${hex.join('')}`;
}
