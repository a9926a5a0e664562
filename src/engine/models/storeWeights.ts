/** Reads a model's weights out of an official file into the browser's storage, and records where they came from. */
import type { GraphManifest } from '../../core/models/graphManifest';
import type { HydrationProgress } from '../../core/models/hydration';
import type { HydratedModel, ModelVariant } from '../../core/models/modelStatus';
import { blobSource } from '../checkpoint/byteSource';
import { openCheckpoint, type Checkpoint } from '../checkpoint/openCheckpoint';
import { OtherTensorsError, otherModelsFile } from './checkpointMismatch';
import { hydrate, type HydrationReport } from './hydrate';
import type { ExpectedFile } from './officialFile';
import type { OpfsFolder } from './opfsFolder';
import { seldom } from './seldom';
import { draftWeights } from './shelfStore';
import { checkRoom } from './storageErrors';
import { arrangementOf, withGraphsOf, type StoredModel } from './storedModel';
import { whoseCheckpoint } from './whoseCheckpoint';

export type StoreTask = {
  readonly root: OpfsFolder;
  readonly manifest: GraphManifest;
  readonly variant: ModelVariant;
  /** Folder of the manifests; ends in `/`. */
  readonly modelsUrl: string;
  readonly file: File;
  /** Null for a file that the user chose. */
  readonly expected: ExpectedFile | null;
  readonly onProgress: (progress: HydrationProgress) => void;
  readonly signal: AbortSignal;
};

/** Rejects as `hydrate` does, with `belongsTo` for another model's file, and with `storage-full`; then nothing is kept. */
export async function storeWeights(task: StoreTask): Promise<HydratedModel> {
  const { root, manifest, variant: variantName, file, onProgress, signal } = task;
  const variant = manifest.variants[variantName];
  if (!variant) {
    throw new TypeError(`${manifest.name} has no variant ${variantName}`);
  }
  onProgress({ phase: `Reading ${file.name}`, fraction: null });
  const checkpoint = await openCheckpoint(blobSource(file), signal);
  await checkRoom(`The weights of ${manifest.name}`, weightBytesOf(manifest, variantName));
  const draft = await draftWeights(root, manifest.id, variantName, variant);
  try {
    const report = await hydrate({
      manifest,
      variant: variantName,
      checkpoint,
      expected: task.expected,
      sink: draft,
      onProgress: seldom(({ phase, fraction }) =>
        onProgress({
          phase: phase === 'checking' ? `Checking ${file.name}` : `Writing the weights of ${manifest.name}`,
          fraction,
        }),
      ),
      signal,
    });
    const record = recordOf(manifest, variantName, report, await arrangementOf(variant, report.layout));
    await draft.commit(record);
    return record.model;
  } catch (error) {
    await draft.discard();
    throw await namingItsModel(error, checkpoint, task);
  }
}

/** Bytes of weights that a variant writes. */
export function weightBytesOf({ variants }: GraphManifest, variant: ModelVariant): number {
  return (variants[variant]?.weightFiles ?? []).reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}

async function namingItsModel(
  error: unknown,
  checkpoint: Checkpoint,
  { manifest, modelsUrl, file }: StoreTask,
): Promise<unknown> {
  if (!(error instanceof OtherTensorsError)) {
    return error;
  }
  const owner = await whoseCheckpoint(checkpoint, modelsUrl);
  return owner === null || owner === manifest.id ? error : otherModelsFile(file.name, manifest, owner);
}

/** A file may have thousands more tensors than the model, which the record is no place for. */
const MAX_EXTRA_NAMES = 100;

function recordOf(
  manifest: GraphManifest,
  variant: ModelVariant,
  report: HydrationReport,
  arrangement: string,
): StoredModel {
  const model = {
    variant,
    checkpointName: report.checkpointName,
    checkpointBytes: report.checkpointBytes,
    checkpointSha256: report.checkpointSha256,
    isOfficial: report.isOfficial,
    ...(report.statedBy === null ? {} : { statedBy: report.statedBy }),
    weightsSha256: report.weightsSha256,
    storedBytes: report.weightBytes,
    hydratedAtMs: Date.now(),
    graphs: [],
  };
  return {
    formatVersion: 1,
    id: manifest.id,
    model: withGraphsOf(model, manifest.variants[variant]!),
    layout: report.layout,
    root: report.root,
    isOfficial: report.isOfficial,
    usedTensors: report.usedTensors,
    extraTensors: report.extraTensors.slice(0, MAX_EXTRA_NAMES).map((name) => name.slice(0, 200)),
    arrangement,
  };
}
