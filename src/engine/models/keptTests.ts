/** Keeps what self-tests of models measured on this device, until weights, graphs or official figures are others. */
import * as v from 'valibot';
import type { ModelVariant } from '../../core/models/modelStatus';
import type { MeasuredModel } from '../../core/models/modelTest';
import { BUILT_IN_MODEL, modelIds, type ModelId } from '../../core/models/shelf';
import { sha256Hex } from './fetchedFile';
import { loadGraphManifest } from './manifestFile';
import { loadBundledManifest } from './modelFiles';
import { openRoot, readFileOf, writeText } from './opfsFolder';
import { storedWeights } from './shelfStore';

const FILE = 'tests.json';
const LOCK = 'maskflow-model-tests';

const Finite = v.pipe(v.number(), v.finite());
const Sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
/** JSON has no number that is none: outputs that are no numbers have these. */
const Statistic = v.nullable(Finite);

const Kept = v.object({
  formatVersion: v.literal(2),
  tests: v.array(
    v.object({
      id: v.picklist(modelIds),
      weightsSha256: v.nullable(Sha256),
      testedAs: Sha256,
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

/**
 * Tests of the weights that are here now, with the graphs and official figures in the folder at `modelsUrl` (ends in
 * `/`); of earlier ones nothing is told.
 */
export async function keptTests(modelsUrl: string): Promise<KeptTest[]> {
  const { tests } = await readKept();
  const weights = new Map(
    (await storedWeights()).map(({ record }) => [record.id, record.model.weightsSha256] as const),
  );
  const found = await Promise.all(
    tests.map(async ({ id, testedAs, ...measured }) => {
      const { weightsSha256, test } = measured;
      const isOfWeights = id === BUILT_IN_MODEL || weights.get(id) === weightsSha256;
      const isSame = isOfWeights && (await wayOf(id, test.variant, weightsSha256, modelsUrl)) === testedAs;
      return isSame ? [{ id, measured: withNumbers(measured) }] : [];
    }),
  );
  return found.flat();
}

/** In place of the model's earlier one. Does nothing where nothing can be stored, or the graphs are not known. */
export async function keepTest(id: ModelId, modelsUrl: string, measured: MeasuredModel): Promise<void> {
  const root = await openRoot();
  const testedAs = await wayOf(id, measured.test.variant, measured.weightsSha256, modelsUrl);
  if (!root || testedAs === null) {
    return;
  }
  await navigator.locks.request(LOCK, async () => {
    const { tests } = await readKept();
    const others = tests.filter((kept) => kept.id !== id);
    await writeText(
      root,
      FILE,
      JSON.stringify({ formatVersion: 2, tests: [...others, { id, ...measured, testedAs }] }),
    );
  });
}

/**
 * Tells apart by what a test was made: the graphs, and the official figures that it was held against. Null where that is
 * not known. MobileSAM's graph is the bundled one, which has its weights in it.
 */
async function wayOf(
  id: ModelId,
  variant: ModelVariant,
  weightsSha256: string | null,
  modelsUrl: string,
): Promise<string | null> {
  try {
    const { variants, officialStatistics } = await loadGraphManifest(id, modelsUrl);
    const graphs =
      id === BUILT_IN_MODEL
        ? [(await loadBundledManifest(new URL(`${id}/`, modelsUrl).href)).encoder.sha256]
        : Object.entries(variants[variant]?.graphs ?? {}).map(([name, { sha256 }]) => [name, sha256]);
    if (id === BUILT_IN_MODEL && graphs[0] !== weightsSha256) {
      return null;
    }
    const way = JSON.stringify([graphs, officialStatistics?.[variant] ?? null]);
    return await sha256Hex(new TextEncoder().encode(way));
  } catch {
    return null;
  }
}

/** Nothing where nothing was kept, or not by this version. */
async function readKept(): Promise<Kept> {
  const nothing: Kept = { formatVersion: 2, tests: [] };
  const root = await openRoot();
  const file = root && (await readFileOf(root, FILE));
  try {
    const result = v.safeParse(Kept, JSON.parse(file ? await file.text() : 'null'));
    return result.success ? result.output : nothing;
  } catch {
    return nothing;
  }
}

function withNumbers({ test, ...measured }: Omit<Kept['tests'][number], 'id' | 'testedAs'>): MeasuredModel {
  const outputs = test.outputs.map(({ mean, deviation, ...output }) => ({
    ...output,
    mean: mean ?? NaN,
    deviation: deviation ?? NaN,
  }));
  return { ...measured, test: { ...test, outputs } };
}
