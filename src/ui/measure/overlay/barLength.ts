/** How long a scale bar is at a zoom: a round number of units that takes about a fixed room. */
const MOST_PX = 150;

/** The longest of 1, 2, 5, 10, ... (or 0.5, 0.2, ...) units of at most 150 stage px. */
export function barLength(stagePxPerUnit: number): { readonly length: number; readonly px: number } {
  const most = MOST_PX / stagePxPerUnit;
  const decade = 10 ** Math.floor(Math.log10(most));
  const digit = [5, 2].find((candidate) => candidate * decade <= most) ?? 1;
  const length = Number((digit * decade).toPrecision(6));
  return { length, px: length * stagePxPerUnit };
}
