/** What a plot shows, independent of how it is painted: lines over frames, bands, doubt, and marks of events. */

/** One line, with a value for each frame from the plot's first one on. */
export type PlotLine = {
  /** Unique in its plot. */
  readonly key: string;
  readonly name: string;
  /** `#rrggbb` */
  readonly colour: string;
  /** Lengths of dash and gap in px; empty for a whole line. */
  readonly dash: readonly number[];
  /** NaN where there is none. */
  readonly values: Float64Array;
  /** Bounds of the values, NaN where there are none; null when the quantity has no bounds. */
  readonly low: Float64Array | null;
  readonly high: Float64Array | null;
};

/** Frames in a row whose masks are doubtful; both ends included. */
export type PlotStretch = { readonly fromFrame: number; readonly toFrame: number };

export const plotMarkKinds = ['appear', 'vanish', 'split', 'merge'] as const;

export type PlotMarkKind = (typeof plotMarkKinds)[number];

export type PlotMark = {
  readonly frame: number;
  readonly kind: PlotMarkKind;
  readonly colour: string;
  /** What happened, in words. */
  readonly text: string;
};

export type Plot = {
  readonly id: string;
  readonly title: string;
  /** As shown, such as `mm²`; empty when there is none. */
  readonly unit: string;
  readonly firstFrame: number;
  /** How many frames the lines cover. */
  readonly frameCount: number;
  readonly lines: readonly PlotLine[];
  readonly doubtful: readonly PlotStretch[];
  readonly marks: readonly PlotMark[];
};

/** How the horizontal axis counts. */
export type PlotAxis = 'frames' | 'time';

/** In the order of the lines, so that no two of the first six differ by colour alone. */
const dashes: readonly (readonly number[])[] = [
  [],
  [8, 4],
  [2, 3],
  [10, 3, 2, 3],
  [5, 2],
  [12, 3, 2, 3, 2, 3],
];

export function dashOfLine(place: number): readonly number[] {
  return dashes[place % dashes.length] ?? [];
}

/** The name of the vertical axis, such as `Area (mm²)`. */
export function axisName({ title, unit }: Pick<Plot, 'title' | 'unit'>): string {
  return unit === '' ? title : `${title} (${unit})`;
}

/** The value of a line on a frame; NaN where there is none. */
export function valueAt(values: Float64Array | null, { firstFrame }: Plot, frame: number): number {
  return values?.[frame - firstFrame] ?? Number.NaN;
}

/** Whether any line has a value. */
export function hasValues({ lines }: Plot): boolean {
  return lines.some(({ values }) => values.some((value) => Number.isFinite(value)));
}
