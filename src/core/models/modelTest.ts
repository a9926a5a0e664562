/** What a quick run of a model on a fixed input tells of its weights and of this device. */
import type { Provider } from '../engine/engineInfo';
import type { ModelVariant } from './modelStatus';

export type OutputStatistics = {
  /** `<graph>.<output>`. */
  readonly name: string;
  readonly mean: number;
  /** Standard deviation. */
  readonly deviation: number;
  readonly areAllFinite: boolean;
};

/** Mean and standard deviation of outputs with the official weights, by `<graph>.<output>`. */
export type OfficialStatistics = Readonly<
  Record<string, { readonly mean: number; readonly deviation: number }>
>;

export type TestVerdict =
  /** Some outputs are no numbers: the weights are broken, or the device computes wrongly. */
  | 'notFinite'
  /** As with the official weights. */
  | 'asOfficial'
  /** Otherwise than with the official weights: another checkpoint, or a device that computes wrongly. */
  | 'otherThanOfficial'
  /** Nobody has stated what the official weights give. */
  | 'notKnown';

export type ModelTest = {
  readonly variant: ModelVariant;
  readonly provider: Provider;
  /** Longer side of the picture that it was given, px. */
  readonly pictureSidePx: number;
  /** Milliseconds of the picture's encoder, the second time it runs. */
  readonly encoderMs: number;
  readonly outputs: readonly OutputStatistics[];
  readonly verdict: TestVerdict;
};

/** A test, and on what it ran: figures of another device or another day are no match for today's. */
export type MeasuredModel = {
  readonly test: ModelTest;
  /** Of the weights that were tested; null where nobody counted. */
  readonly weightsSha256: string | null;
  /** GPU adapter in words; null on the processor. */
  readonly adapter: string | null;
  /** Milliseconds since 1970, UTC. */
  readonly measuredAtMs: number;
};

/**
 * Whether the test of weights of so many bytes takes minutes on a processor, so that it waits to be asked for. SAM ViT-B
 * (375 MB) took 129 s on two threads, XMem (249 MB) two.
 */
export function isLongTest(weightBytes: number, provider: Provider): boolean {
  return provider === 'wasm' && weightBytes > 300_000_000;
}

/** How far a mean or a deviation may be from the official one, in official deviations; fp16 differs by less. */
const TOLERANCE = 0.02;

export function statisticsOf(name: string, values: ArrayLike<number>): OutputStatistics {
  let sum = 0;
  let squares = 0;
  let areAllFinite = true;
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index]!;
    sum += value;
    squares += value * value;
    areAllFinite &&= Number.isFinite(value);
  }
  const mean = sum / values.length;
  return {
    name,
    mean,
    deviation: Math.sqrt(Math.max(0, squares / values.length - mean * mean)),
    areAllFinite,
  };
}

export function verdictOf(
  outputs: readonly OutputStatistics[],
  official: OfficialStatistics | undefined,
): TestVerdict {
  if (!outputs.every(({ areAllFinite }) => areAllFinite)) {
    return 'notFinite';
  }
  const pairs = outputs.flatMap((output) => {
    const wanted = official?.[output.name];
    return wanted ? [[output, wanted] as const] : [];
  });
  if (pairs.length === 0) {
    return 'notKnown';
  }
  const isAs = pairs.every(([found, wanted]) => {
    const allowed = TOLERANCE * wanted.deviation;
    return (
      Math.abs(found.mean - wanted.mean) <= allowed && Math.abs(found.deviation - wanted.deviation) <= allowed
    );
  });
  return isAs ? 'asOfficial' : 'otherThanOfficial';
}
