/** How wide and high the panes are: chosen by dragging their edges, bounded by the window, kept between visits. */

export const panes = ['left', 'inspector', 'timeline', 'plots'] as const;

export type Pane = (typeof panes)[number];

/** Sizes in CSS px; a pane that is left out has the size that the style sheet gives it in this window. */
export type PaneSizes = Readonly<Partial<Record<Pane, number>>>;

type Limits = { readonly leastPx: number; readonly mostShare: number; readonly unit: 'vw' | 'vh' };

/** The most is a share of the window, so that the picture keeps its room when the window shrinks. */
const limits: Record<Pane, Limits> = {
  left: { leastPx: 232, mostShare: 0.34, unit: 'vw' },
  inspector: { leastPx: 232, mostShare: 0.4, unit: 'vw' },
  timeline: { leastPx: 160, mostShare: 0.6, unit: 'vh' },
  plots: { leastPx: 140, mostShare: 0.5, unit: 'vh' },
};

const storageKey = 'maskflow.panes';

/** The sizes in a stored text; what is not a size is left out. */
export function parsePaneSizes(json: string | null): PaneSizes {
  try {
    const value: unknown = JSON.parse(json ?? '{}');
    const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
    return Object.fromEntries(
      entries.filter(
        ([pane, px]) =>
          panes.some((known) => known === pane) && typeof px === 'number' && Number.isFinite(px) && px > 0,
      ),
    );
  } catch {
    return {};
  }
}

export function storedPaneSizes(): PaneSizes {
  try {
    return parsePaneSizes(localStorage.getItem(storageKey));
  } catch {
    return {};
  }
}

/** Keeps one size; null forgets it. */
export function keepPaneSize(pane: Pane, px: number | null): void {
  const { [pane]: _, ...rest } = storedPaneSizes();
  try {
    localStorage.setItem(storageKey, JSON.stringify(px === null ? rest : { ...rest, [pane]: px }));
  } catch {
    // Storage may be forbidden; the size then lasts until the page is reloaded.
  }
}

/** The least and the most of a pane in a window, in px. */
export function paneLimits(
  pane: Pane,
  window: { readonly width: number; readonly height: number },
): { readonly leastPx: number; readonly mostPx: number } {
  const { leastPx, mostShare, unit } = limits[pane];
  const whole = unit === 'vw' ? window.width : window.height;
  return { leastPx, mostPx: Math.max(Math.round(whole * mostShare), leastPx) };
}

/** The CSS variable that overrules a pane's size in the style sheet. */
export function paneVariable(pane: Pane): `--${Pane}-size` {
  return `--${pane}-size`;
}

/** A size as CSS, bounded in every window without anybody listening for its size. */
export function paneCss(pane: Pane, px: number): string {
  const { leastPx, mostShare, unit } = limits[pane];
  return `clamp(${leastPx}px, ${Math.round(px)}px, max(${leastPx}px, ${mostShare * 100}${unit}))`;
}

/** The style of the screen with the sizes kept from the last visit. */
export function storedPaneStyle(): Record<string, string> {
  const sizes = storedPaneSizes();
  return Object.fromEntries(
    panes.flatMap((pane) => {
      const px = sizes[pane];
      return px === undefined ? [] : [[paneVariable(pane), paneCss(pane, px)]];
    }),
  );
}
