/** Colours and sizes of drawn prompts, in stage pixels: the same at any zoom. */

export const POINT_RADIUS_PX = 10;
export const DIMMED_OPACITY = 0.6;
export const HALO_COLOUR = 'rgba(0, 0, 0, 0.65)';
export const LIGHT = '#ffffff';
export const DARK = '#16181c';
export const TAG_FONT_PX = 12;
export const FONT_FAMILY = 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';

/** Black or white, whichever reads better on a `#rrggbb` colour (WCAG 2 relative luminance). */
export function inkOn(colour: string): string {
  const rgb = Number.parseInt(colour.slice(1), 16);
  const linear = [(rgb >> 16) & 255, (rgb >> 8) & 255, rgb & 255].map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * (linear[0] ?? 0) + 0.7152 * (linear[1] ?? 0) + 0.0722 * (linear[2] ?? 0);
  return luminance > 0.179 ? DARK : LIGHT;
}
