/** How XMem is to run: the size that it works at, and how much it remembers. */
import type { Provider } from '../../core/engine/engineInfo';

export type XMemOptions = {
  /** The frames' shorter side as the network sees them; larger frames are made smaller. Null: as the source is. */
  readonly shortSidePx: number | null;
  /** Frames between two that are remembered; as the model's manifest says when null. */
  readonly memoryEvery: number | null;
  /** Annotated frames that are kept in memory for ever, the nearest to the run; 0 for none but the first one. */
  readonly permanentFrames: number;
};

/** The work grows with the square of the size: 480 is what XMem was made for, 240 what a processor can do. */
const SHORT_SIDE_PX: Readonly<Record<Provider, number>> = { webgpu: 480, wasm: 240 };

/** Each is encoded before the first frame is drawn. */
const PERMANENT_FRAMES: Readonly<Record<Provider, number>> = { webgpu: 16, wasm: 6 };

const LEAST_SIDE_PX = 64;

export function defaultXMemOptions(provider: Provider): XMemOptions {
  return {
    shortSidePx: SHORT_SIDE_PX[provider],
    memoryEvery: null,
    permanentFrames: PERMANENT_FRAMES[provider],
  };
}

/**
 * `['side=360', 'every=10', 'permanent=0']` and the like, over the given options; `side=source` keeps the source's size.
 * Throws a TypeError that says what there is when a word is not understood.
 */
export function parseXMemOptions(words: readonly string[], base: XMemOptions): XMemOptions {
  let options = base;
  for (const word of words) {
    const [name, text] = word.split('=', 2);
    const value = Number(text);
    if (name === 'side' && (text === 'source' || isCount(value, LEAST_SIDE_PX))) {
      options = { ...options, shortSidePx: text === 'source' ? null : value };
    } else if (name === 'every' && isCount(value, 1)) {
      options = { ...options, memoryEvery: value };
    } else if (name === 'permanent' && text !== '' && isCount(value, 0)) {
      options = { ...options, permanentFrames: value };
    } else {
      throw new TypeError(
        `unknown engine option "${word}"; there are side=${LEAST_SIDE_PX} and more or side=source, every=1 and more, permanent=0 and more`,
      );
    }
  }
  return options;
}

function isCount(value: number, least: number): boolean {
  return Number.isInteger(value) && value >= least;
}
