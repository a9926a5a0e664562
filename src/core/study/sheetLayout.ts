/** Where things stand on a contact sheet: a row for each method, a column for each frame. Print pixels throughout. */
import type { Size } from '../geometry/box';

export type SheetRow = {
  readonly name: string;
  /** A line below the name: its scores, or what it is. */
  readonly note: string;
};

export type SheetRequest = {
  /** Of the pictures, in source pixels. */
  readonly picture: Size;
  readonly columns: readonly { readonly frameIndex: number; readonly timeSec: number }[];
  readonly rows: readonly SheetRow[];
  readonly labelCount: number;
};

export type Place = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

export type SheetLayout = {
  readonly width: number;
  readonly height: number;
  readonly margin: number;
  readonly title: Place;
  readonly subtitle: Place;
  /** One for each column, above the first row. */
  readonly columnHeads: readonly Place[];
  /** One for each row, left of its cells. */
  readonly rowHeads: readonly Place[];
  /** By row, then column. */
  readonly cells: readonly (readonly Place[])[];
  readonly legend: Place;
  readonly titleFontPx: number;
  readonly fontPx: number;
  readonly smallFontPx: number;
};

/** A4 on its side at DOTS_PER_INCH (./printSize); sheets of few frames are narrower. */
const FULL_WIDTH = 3508;
const MARGIN = 96;
const ROW_HEAD = 400;
const GAP = 20;
const MAX_CELL_WIDTH = 1000;
/** Keeps the sheet printable, and the canvas within what browsers allow. */
const MAX_HEIGHT = 9000;

/** At least one row and one column. Cells have the picture's proportions. */
export function layoutSheet({ picture, columns, rows }: SheetRequest): SheetLayout {
  const [columnCount, rowCount] = [Math.max(1, columns.length), Math.max(1, rows.length)];
  const room = FULL_WIDTH - 2 * MARGIN - ROW_HEAD - GAP * columnCount;
  const header = MARGIN + 64 + 16 + 44 + 40 + 48;
  const footer = 40 + 60 + MARGIN;
  const tallest = (MAX_HEIGHT - header - footer) / rowCount - GAP;
  const cellWidth = Math.floor(
    Math.min(room / columnCount, MAX_CELL_WIDTH, (tallest * picture.width) / picture.height),
  );
  const cellHeight = Math.max(1, Math.round((cellWidth * picture.height) / picture.width));
  const left = MARGIN + ROW_HEAD + GAP;
  const width = Math.max(1800, left + columnCount * (cellWidth + GAP) - GAP + MARGIN);
  const rowTop = (row: number): number => header + row * (cellHeight + GAP);
  const columnLeft = (column: number): number => left + column * (cellWidth + GAP);
  const legendTop = rowTop(rowCount) - GAP + 40;
  const inner = width - 2 * MARGIN;
  return {
    width,
    height: legendTop + 60 + MARGIN,
    margin: MARGIN,
    title: { x: MARGIN, y: MARGIN, width: inner, height: 64 },
    subtitle: { x: MARGIN, y: MARGIN + 80, width: inner, height: 44 },
    columnHeads: columns.map((_, column) => ({
      x: columnLeft(column),
      y: header - 48,
      width: cellWidth,
      height: 40,
    })),
    rowHeads: rows.map((_, row) => ({ x: MARGIN, y: rowTop(row), width: ROW_HEAD, height: cellHeight })),
    cells: rows.map((_row, row) =>
      columns.map((_column, column) => ({
        x: columnLeft(column),
        y: rowTop(row),
        width: cellWidth,
        height: cellHeight,
      })),
    ),
    legend: { x: MARGIN, y: legendTop, width: inner, height: 60 },
    titleFontPx: 52,
    fontPx: 34,
    smallFontPx: 28,
  };
}
