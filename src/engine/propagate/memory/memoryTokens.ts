/** Embedding cells as memory tokens and as queries: keys with their place folded in. */
import type { WindowGrid } from './windowGrid';

const CHANNELS = 256;
/** Beside the 256 channels, four components that make the dot product fall with the squared distance. */
export const KEY_COMPONENTS = CHANNELS + 4;

/** The cells of one window: unit-length keys, and where they lie in source pixels. */
export type CellKeys = {
  readonly count: number;
  /** float32[count * 256] */
  readonly keys: Float32Array<ArrayBuffer>;
  /** float32[count * 2]: x and y of the cell's centre in source pixels. */
  readonly centres: Float32Array<ArrayBuffer>;
};

/** `keys` as WindowView gives them. */
export function cellKeysOf(keys: Float32Array<ArrayBuffer>, grid: WindowGrid): CellKeys {
  const { columns, rows, box, cellWidth, cellHeight } = grid;
  const count = columns * rows;
  const centres = new Float32Array(count * 2);
  for (let cell = 0; cell < count; cell += 1) {
    centres[cell * 2] = box[0] + ((cell % columns) + 0.5) * cellWidth;
    centres[cell * 2 + 1] = box[1] + (Math.floor(cell / columns) + 0.5) * cellHeight;
  }
  return { count, keys, centres };
}

/** What one remembered frame gives to the read. */
export type MemoryTokens = CellKeys & {
  /** float32[count * channels]: the soft label map in each cell, background first. */
  readonly values: Float32Array<ArrayBuffer>;
};

export type RememberedTokens = {
  readonly tokens: MemoryTokens;
  /** Loss of similarity per squared cell of distance; 0 lets a token be found anywhere. */
  readonly locality: number;
  /**
   * float32[count * 2]: where the tokens are expected in source pixels, NaN for anywhere; where they lay when left
   * out.
   */
  readonly expected?: Float32Array;
};

/**
 * similarity' = q . k - locality * |place(q) - place(k)|^2, the squared distance written out so that one matrix
 * product does it all: [q, x, y, x^2 + y^2, 1] . [k, 2lx', 2ly', -l, -l(x'^2 + y'^2)], places in cells.
 */
export function queriesOf(cells: CellKeys, cellPx: number): Float32Array<ArrayBuffer> {
  const queries = new Float32Array(cells.count * KEY_COMPONENTS);
  for (let cell = 0; cell < cells.count; cell += 1) {
    const at = cell * KEY_COMPONENTS;
    queries.set(cells.keys.subarray(cell * CHANNELS, (cell + 1) * CHANNELS), at);
    const x = cells.centres[cell * 2]! / cellPx;
    const y = cells.centres[cell * 2 + 1]! / cellPx;
    queries[at + CHANNELS] = x;
    queries[at + CHANNELS + 1] = y;
    queries[at + CHANNELS + 2] = x * x + y * y;
    queries[at + CHANNELS + 3] = 1;
  }
  return queries;
}

export function memoryOf(
  remembered: readonly RememberedTokens[],
  cellPx: number,
  channels: number,
): { keys: Float32Array<ArrayBuffer>; values: Float32Array<ArrayBuffer>; tokenCount: number } {
  const tokenCount = remembered.reduce((sum, { tokens }) => sum + tokens.count, 0);
  const keys = new Float32Array(tokenCount * KEY_COMPONENTS);
  const values = new Float32Array(tokenCount * channels);
  let token = 0;
  for (const { tokens, locality, expected = tokens.centres } of remembered) {
    values.set(tokens.values, token * channels);
    for (let cell = 0; cell < tokens.count; cell += 1, token += 1) {
      const at = token * KEY_COMPONENTS;
      keys.set(tokens.keys.subarray(cell * CHANNELS, (cell + 1) * CHANNELS), at);
      const x = expected[cell * 2]! / cellPx;
      const y = expected[cell * 2 + 1]! / cellPx;
      if (Number.isNaN(x)) {
        continue;
      }
      keys[at + CHANNELS] = 2 * locality * x;
      keys[at + CHANNELS + 1] = 2 * locality * y;
      keys[at + CHANNELS + 2] = -locality;
      keys[at + CHANNELS + 3] = -locality * (x * x + y * y);
    }
  }
  return { keys, values, tokenCount };
}

/** `planes` are per cell, background first; `trust` (0..1) is how much of each channel's value is believed. */
export function tokensOf(
  cells: CellKeys,
  planes: readonly Float32Array[],
  trust: (channel: number) => number = () => 1,
): MemoryTokens {
  const values = new Float32Array(cells.count * planes.length);
  planes.forEach((plane, channel) => {
    const share = trust(channel);
    for (let cell = 0; cell < cells.count; cell += 1) {
      values[cell * planes.length + channel] = plane[cell]! * share;
    }
  });
  return { ...cells, values };
}
