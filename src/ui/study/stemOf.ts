/** What files made from footage are named after. */

/** `clip` for `clip.mp4`. */
export function stemOf(name: string): string {
  return name.replace(/\.[^.]+$/, '');
}
