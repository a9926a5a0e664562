/** COCO's string of run lengths, as pycocotools writes it (`rleToString` in maskApi.c). */
import type { Rle } from '../mask/rle';

/**
 * Five bits to a character from `0` on, lowest first; bit 5 says that more follow, bit 4 of the last one is the sign.
 * From the fourth count on the difference to the count two before it is written.
 */
export function cocoRleText({ counts }: Rle): string {
  let text = '';
  for (let index = 0; index < counts.length; index += 1) {
    let value = counts[index]! - (index > 2 ? counts[index - 2]! : 0);
    for (let hasMore = true; hasMore;) {
      const bits = value & 31;
      value >>= 5;
      hasMore = bits & 16 ? value !== -1 : value !== 0;
      text += String.fromCharCode(48 + (hasMore ? bits | 32 : bits));
    }
  }
  return text;
}
