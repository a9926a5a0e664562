/** Leaves out memory tokens that say what their neighbours say: inside a label, and far out in the background. */
import type { MemoryTokens } from './memoryTokens';
import type { WindowGrid } from './windowGrid';

/** Cells this near to another label are all kept: that is where the outline is decided. */
const BORDER_CELLS = 2;
const CHANNELS = 256;
/** A cell is of one label when that label has this share of it. */
const PURE = 0.95;

/** The read looks for this many of the nearest tokens, so a frame is not left with fewer. */
const FEWEST_TOKENS = 64;

/**
 * In uniform areas one of `every` x `every` cells stays when `every` is 2 or more. Tokens are in the grid's order,
 * row by row. Cells that are `ignored` go, unless hardly any would be left.
 */
export function thinTokens(
  tokens: MemoryTokens,
  { columns, rows }: WindowGrid,
  every: number,
  ignored: Uint8Array | null = null,
): MemoryTokens {
  const channels = tokens.values.length / tokens.count;
  const owner = ownersOf(tokens, channels);
  const wanted: number[] = [];
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const isOnLattice = every === 2 ? (row + column) % 2 === 0 : row % every === 0 && column % every === 0;
      if (isOnLattice || isNearBorder(owner, row, column, columns, rows)) {
        wanted.push(row * columns + column);
      }
    }
  }
  const known = ignored ? wanted.filter((cell) => !ignored[cell]) : wanted;
  const kept = known.length < FEWEST_TOKENS ? wanted : known;
  const keys = new Float32Array(kept.length * CHANNELS);
  const centres = new Float32Array(kept.length * 2);
  const values = new Float32Array(kept.length * channels);
  kept.forEach((cell, index) => {
    keys.set(tokens.keys.subarray(cell * CHANNELS, (cell + 1) * CHANNELS), index * CHANNELS);
    centres.set(tokens.centres.subarray(cell * 2, cell * 2 + 2), index * 2);
    values.set(tokens.values.subarray(cell * channels, (cell + 1) * channels), index * channels);
  });
  return { count: kept.length, keys, centres, values };
}

/** The label that has a cell for itself; -1 for mixed cells. */
function ownersOf({ count, values }: MemoryTokens, channels: number): Int16Array {
  return Int16Array.from({ length: count }, (_, cell) => {
    let sum = 0;
    let best = 0;
    for (let channel = 0; channel < channels; channel += 1) {
      sum += values[cell * channels + channel]!;
      if (values[cell * channels + channel]! > values[cell * channels + best]!) {
        best = channel;
      }
    }
    return values[cell * channels + best]! >= PURE * sum ? best : -1;
  });
}

function isNearBorder(
  owner: Int16Array,
  row: number,
  column: number,
  columns: number,
  rows: number,
): boolean {
  const own = owner[row * columns + column]!;
  for (let y = Math.max(0, row - BORDER_CELLS); y <= Math.min(rows - 1, row + BORDER_CELLS); y += 1) {
    for (
      let x = Math.max(0, column - BORDER_CELLS);
      x <= Math.min(columns - 1, column + BORDER_CELLS);
      x += 1
    ) {
      const other = owner[y * columns + x]!;
      if (other === -1 || other !== own) {
        return true;
      }
    }
  }
  return false;
}
