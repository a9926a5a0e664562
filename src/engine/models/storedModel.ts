/** The record beside stored weights, whose presence says that they are whole. */
import * as v from 'valibot';
import type { GraphManifest, GraphVariant, TensorStep } from '../../core/models/graphManifest';
import type { HydratedModel } from '../../core/models/modelStatus';
import { modelIds, type ModelId } from '../../core/models/shelf';
import { sha256Hex } from './fetchedFile';

const Sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const Count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const Stored = v.object({
  formatVersion: v.literal(1),
  id: v.picklist(modelIds),
  model: v.object({
    variant: v.picklist(['fp32', 'fp16']),
    checkpointName: v.string(),
    checkpointBytes: Count,
    checkpointSha256: v.nullable(Sha256),
    statedBy: v.exactOptional(v.nullable(v.string())),
    weightsSha256: v.nullable(Sha256),
    storedBytes: Count,
    hydratedAtMs: Count,
    graphs: v.array(v.object({ name: v.string(), sha256: Sha256 })),
  }),
  /** Which of the manifest's layouts the file had, and the dictionary keys that led to the weights. */
  layout: v.string(),
  root: v.string(),
  /** Whether the file's hash is the official one; null where none is known. */
  isOfficial: v.nullable(v.boolean()),
  usedTensors: Count,
  extraTensors: v.array(v.string()),
  /** Of the manifest's weight files and tensors: weights written for another arrangement are of no use. */
  arrangement: Sha256,
});

export type StoredModel = Omit<v.InferOutput<typeof Stored>, 'model' | 'id'> & {
  readonly id: ModelId;
  readonly model: HydratedModel;
};

/** Null for text that is no record of this version. */
export function parseStoredModel(text: string): StoredModel | null {
  try {
    const result = v.safeParse(Stored, JSON.parse(text));
    if (!result.success) {
      return null;
    }
    const { model, isOfficial } = result.output;
    return { ...result.output, model: { ...model, isOfficial } };
  } catch {
    return null;
  }
}

/**
 * The variant of this build's manifest that stored weights go with; null where its graphs want them arranged otherwise,
 * as after an update.
 */
export async function variantFor(
  { model, layout, arrangement }: Pick<StoredModel, 'model' | 'layout' | 'arrangement'>,
  { variants }: Pick<GraphManifest, 'variants'>,
): Promise<GraphVariant | null> {
  const variant = variants[model.variant];
  return variant && (await arrangementOf(variant, layout)) === arrangement ? variant : null;
}

/** The same weights can outlive the graphs that they were read for; runs name those that they are drawn with. */
export function withGraphsOf(model: HydratedModel, { graphs }: GraphVariant): HydratedModel {
  return { ...model, graphs: Object.values(graphs).map(({ file, sha256 }) => ({ name: file, sha256 })) };
}

/** Tells arrangements of weights apart: where each lies, and what of a file of this layout it was made of. */
export async function arrangementOf({ weightFiles, tensors }: GraphVariant, layout: string): Promise<string> {
  const places = tensors.map(({ name, dtype, shape, file, offset, from }) => {
    const origin = from[layout];
    return [
      name,
      dtype,
      shape,
      file,
      offset,
      origin && [origin.name, origin.shape, origin.steps.map(stepKey)],
    ];
  });
  return await sha256Hex(new TextEncoder().encode(JSON.stringify([weightFiles, places])));
}

/** The same for every order of the keys in the manifest. */
function stepKey(step: TensorStep): readonly unknown[] {
  return Object.entries(step)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flat();
}
