/** Keeps what self-tests of models measured on this device, beside the weights, until the weights change. */
import * as v from 'valibot';
import type { MeasuredModel } from '../../core/models/modelTest';
import { BUILT_IN_MODEL, modelIds, type ModelId } from '../../core/models/shelf';
import { openRoot, readFileOf, writeText } from './opfsFolder';
import { storedWeights } from './shelfStore';

const FILE = 'tests.json';
const LOCK = 'maskflow-model-tests';

const Finite = v.pipe(v.number(), v.finite());
const Sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
/** JSON has no number that is none: outputs that are no numbers have these. */
const Statistic = v.nullable(Finite);

const Kept = v.object({
  formatVersion: v.literal(1),
  tests: v.array(
    v.object({
      id: v.picklist(modelIds),
      weightsSha256: v.nullable(Sha256),
      adapter: v.nullable(v.string()),
      measuredAtMs: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
      test: v.object({
        variant: v.picklist(['fp32', 'fp16']),
        provider: v.picklist(['webgpu', 'wasm']),
        pictureSidePx: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
        encoderMs: v.pipe(Finite, v.minValue(0)),
        outputs: v.array(
          v.object({ name: v.string(), mean: Statistic, deviation: Statistic, areAllFinite: v.boolean() }),
        ),
        verdict: v.picklist(['notFinite', 'asOfficial', 'otherThanOfficial', 'notKnown']),
      }),
    }),
  ),
});

type Kept = v.InferOutput<typeof Kept>;

export type KeptTest = { readonly id: ModelId; readonly measured: MeasuredModel };

/** Tests of the weights that are here now; of earlier ones nothing is told. */
export async function keptTests(): Promise<KeptTest[]> {
  const { tests } = await readKept();
  const weights = new Map(
    (await storedWeights()).map(({ record }) => [record.id, record.model.weightsSha256] as const),
  );
  return tests
    .filter(({ id, weightsSha256 }) => id === BUILT_IN_MODEL || weights.get(id) === weightsSha256)
    .map(({ id, ...measured }) => ({ id, measured: withNumbers(measured) }));
}

/** In place of the model's earlier one. Does nothing where nothing can be stored. */
export async function keepTest(id: ModelId, measured: MeasuredModel): Promise<void> {
  const root = await openRoot();
  if (!root) {
    return;
  }
  await navigator.locks.request(LOCK, async () => {
    const { tests } = await readKept();
    const others = tests.filter((kept) => kept.id !== id);
    await writeText(
      root,
      FILE,
      JSON.stringify({ formatVersion: 1, tests: [...others, { id, ...measured }] }),
    );
  });
}

/** Nothing where nothing was kept, or not by this version. */
async function readKept(): Promise<Kept> {
  const nothing: Kept = { formatVersion: 1, tests: [] };
  const root = await openRoot();
  const file = root && (await readFileOf(root, FILE));
  try {
    const result = v.safeParse(Kept, JSON.parse(file ? await file.text() : 'null'));
    return result.success ? result.output : nothing;
  } catch {
    return nothing;
  }
}

function withNumbers({ test, ...measured }: Omit<Kept['tests'][number], 'id'>): MeasuredModel {
  const outputs = test.outputs.map(({ mean, deviation, ...output }) => ({
    ...output,
    mean: mean ?? NaN,
    deviation: deviation ?? NaN,
  }));
  return { ...measured, test: { ...test, outputs } };
}
