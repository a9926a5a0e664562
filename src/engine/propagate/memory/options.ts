/** Switches that take a part of the engine away, to measure what it is worth. The app leaves all on. */

export type MemoryOptions = {
  readonly useSam: boolean;
  readonly useColour: boolean;
  readonly useMotion: boolean;
  readonly useWindow: boolean;
  /** Without: only annotated frames and the very last one are remembered. */
  readonly useLongMemory: boolean;
};

export const allCues: MemoryOptions = {
  useSam: true,
  useColour: true,
  useMotion: true,
  useWindow: true,
  useLongMemory: true,
};

const switches = {
  'no-sam': 'useSam',
  'no-colour': 'useColour',
  'no-motion': 'useMotion',
  'no-window': 'useWindow',
  'no-long-memory': 'useLongMemory',
} as const satisfies Record<string, keyof MemoryOptions>;

/** `['no-colour', 'no-window']` and the like. Throws a TypeError that lists the words when one is unknown. */
export function parseMemoryOptions(words: readonly string[]): MemoryOptions {
  let options = allCues;
  for (const word of words) {
    if (!(word in switches)) {
      throw new TypeError(`unknown engine option "${word}"; there are ${Object.keys(switches).join(', ')}`);
    }
    options = { ...options, [switches[word as keyof typeof switches]]: false };
  }
  return options;
}
