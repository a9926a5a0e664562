/** Reads the numbers of XMem's manifest. */
import * as v from 'valibot';

const Count = v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(1_000_000));
const Triple = v.tuple([v.number(), v.number(), v.number()]);

const Config = v.pipe(
  v.object({
    keyDim: Count,
    valueDim: Count,
    hiddenDim: Count,
    mean: Triple,
    std: Triple,
    topK: Count,
    memoryEvery: Count,
    maxWorkingFrames: Count,
    minWorkingFrames: Count,
    prototypes: Count,
    maxLongTermElements: Count,
  }),
  v.check(
    ({ minWorkingFrames, maxWorkingFrames }) => minWorkingFrames < maxWorkingFrames,
    'the working memory must shrink when it is full',
  ),
  v.check(
    ({ prototypes, maxLongTermElements }) => prototypes < maxLongTermElements,
    'the long-term memory must hold the prototypes of one consolidation',
  ),
);

/** Sizes of the network's vectors, and of its memory as the XMem paper names them (section 3.3). */
export type XMemConfig = v.InferOutput<typeof Config>;

/** Throws a ValiError when something is missing or does not fit together. */
export function parseXMemConfig(config: unknown): XMemConfig {
  return v.parse(Config, config);
}
