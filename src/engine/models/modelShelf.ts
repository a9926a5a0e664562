/** Makes models ready out of official files, and knows which ones are: the work behind the models worker. */
import { UserFacingError } from '../../core/base/errors';
import type { GraphManifest } from '../../core/models/graphManifest';
import type { HydrationOutcome, HydrationProgress } from '../../core/models/hydration';
import { offerOf, type ModelOffer } from '../../core/models/modelOffer';
import type { HydratedModel, ModelVariant } from '../../core/models/modelStatus';
import { modelIds, models, type ModelId } from '../../core/models/shelf';
import { blobSource } from '../checkpoint/byteSource';
import { openCheckpoint } from '../checkpoint/openCheckpoint';
import { CheckpointMismatchError } from './checkpointMismatch';
import { downloadCheckpoint } from './downloadCheckpoint';
import { hydrate, type HydrationReport } from './hydrate';
import { loadGraphManifest } from './manifestFile';
import { openRoot, type OpfsFolder } from './opfsFolder';
import { forgetParts } from './partialDownloads';
import { DOWNLOADS, draftWeights, modelLock, removeWeights, storedWeights } from './shelfStore';
import { checkRoom, isQuotaExceeded, megabytes, noStorage, storageFull } from './storageErrors';
import { arrangementOf, type StoredModel } from './storedModel';

export type HydrateOrder = {
  /** The official file, or where to download it from. */
  readonly from: File | string;
  readonly variant: ModelVariant;
};

type HydrateOptions = {
  readonly onProgress: (progress: HydrationProgress) => void;
  readonly signal: AbortSignal;
};

/** Models whose weights are on this device; fetches nothing. */
export async function hydratedModels(): Promise<{ id: ModelId; model: HydratedModel }[]> {
  return (await storedWeights()).map(({ record: { id, model } }) => ({ id, model }));
}

/** What can be had of each model in this build. `modelsUrl` ends in `/`. */
export async function modelOffers(modelsUrl: string): Promise<ModelOffer[]> {
  const manifests = await Promise.allSettled(modelIds.map((id) => loadGraphManifest(id, modelsUrl)));
  return manifests.flatMap((result) => (result.status === 'fulfilled' ? [offerOf(result.value)] : []));
}

/**
 * Reads, checks and stores. `refused` for files that are broken or of another model; rejects with a UserFacingError
 * (`checkpoint-download`, `storage-full`, `model-missing`, `cancelled`, …) for the rest. Nothing is kept unless it is
 * done, but for what was downloaded before the connection broke.
 */
export async function hydrateModel(
  id: ModelId,
  modelsUrl: string,
  order: HydrateOrder,
  options: HydrateOptions,
): Promise<HydrationOutcome> {
  const root = await openRoot();
  if (!root) {
    throw noStorage();
  }
  return await navigator.locks.request(modelLock(id), { ifAvailable: true }, async (lock) => {
    if (!lock) {
      throw alreadyAtIt(id);
    }
    const manifest = await loadGraphManifest(id, modelsUrl);
    try {
      const file =
        typeof order.from === 'string' ? await downloaded(root, manifest, order.from, options) : order.from;
      const model = await storeWeights(root, manifest, order.variant, file, options);
      await forgetParts(root, id);
      return { kind: 'done', model };
    } catch (error) {
      if (isRefusal(error)) {
        await (typeof order.from === 'string' && forgetParts(root, id));
        const { code, what, safe, todo } = error;
        const details = error instanceof CheckpointMismatchError ? error.details : [];
        return { kind: 'refused', message: { code, what, safe, todo }, details };
      }
      throw isQuotaExceeded(error) ? storageFull(`the file of ${manifest.name}`, error) : error;
    }
  });
}

/** Removes the weights and whatever was downloaded for them. */
export async function removeModel(id: ModelId): Promise<void> {
  await withLock(id, async (root) => {
    await removeWeights(root, id);
    await forgetParts(root, id);
  });
}

/** Removes what was downloaded for a model, and leaves its weights. */
export async function discardDownload(id: ModelId): Promise<void> {
  await withLock(id, (root) => forgetParts(root, id));
}

async function withLock(id: ModelId, work: (root: OpfsFolder) => Promise<void>): Promise<void> {
  const root = await openRoot();
  await navigator.locks.request(modelLock(id), { ifAvailable: true }, async (lock) => {
    if (!lock) {
      throw alreadyAtIt(id);
    }
    await (root && work(root));
  });
}

function isRefusal(error: unknown): error is UserFacingError {
  return (
    error instanceof UserFacingError &&
    (error.code === 'checkpoint-mismatch' || error.code === 'checkpoint-unreadable')
  );
}

async function downloaded(
  root: OpfsFolder,
  manifest: GraphManifest,
  url: string,
  { onProgress, signal }: HydrateOptions,
): Promise<File> {
  if (!URL.canParse(url)) {
    throw noAddress(url);
  }
  const lastName = new URL(url).pathname.split('/').at(-1) ?? '';
  const source = manifest.sources.find((entry) => entry.url === url || entry.fileName === lastName);
  const fileName = source?.fileName ?? (lastName || `the file of ${manifest.name}`);
  const folder = await root.getDirectoryHandle(DOWNLOADS, { create: true });
  const tell = (doneBytes: number, totalBytes: number | null): void => {
    const size =
      totalBytes === null ? megabytes(doneBytes) : `${megabytes(doneBytes)} of ${megabytes(totalBytes)}`;
    onProgress({
      phase: `Downloading ${fileName} (${size})`,
      fraction: totalBytes === null ? null : doneBytes / totalBytes,
    });
  };
  return await downloadCheckpoint(folder, {
    id: manifest.id,
    url,
    fileName,
    sizeBytes: source?.sizeBytes ?? null,
    onProgress: seldom(tell),
    signal,
  });
}

async function storeWeights(
  root: OpfsFolder,
  manifest: GraphManifest,
  variantName: ModelVariant,
  file: File,
  { onProgress, signal }: HydrateOptions,
): Promise<HydratedModel> {
  const variant = manifest.variants[variantName];
  if (!variant) {
    throw new TypeError(`${manifest.name} has no variant ${variantName}`);
  }
  onProgress({ phase: `Reading ${file.name}`, fraction: null });
  const checkpoint = await openCheckpoint(blobSource(file), signal);
  const weightBytes = variant.weightFiles.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  await checkRoom(`The weights of ${manifest.name}`, weightBytes);
  const draft = await draftWeights(root, manifest.id, variantName, variant);
  try {
    const report = await hydrate({
      manifest,
      variant: variantName,
      checkpoint,
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
    throw error;
  }
}

/** A file may have thousands more tensors than the model, which the record is no place for. */
const MAX_EXTRA_NAMES = 100;

function recordOf(
  manifest: GraphManifest,
  variant: ModelVariant,
  report: HydrationReport,
  arrangement: string,
): StoredModel {
  const graphs = Object.values(manifest.variants[variant]!.graphs);
  return {
    formatVersion: 1,
    id: manifest.id,
    model: {
      variant,
      checkpointName: report.checkpointName,
      checkpointBytes: report.checkpointBytes,
      checkpointSha256: report.checkpointSha256,
      isOfficial: report.isOfficial,
      weightsSha256: report.weightsSha256,
      storedBytes: report.weightBytes,
      hydratedAtMs: Date.now(),
      graphs: graphs.map(({ file, sha256 }) => ({ name: file, sha256 })),
    },
    layout: report.layout,
    root: report.root,
    isOfficial: report.isOfficial,
    usedTensors: report.usedTensors,
    extraTensors: report.extraTensors.slice(0, MAX_EXTRA_NAMES).map((name) => name.slice(0, 200)),
    arrangement,
  };
}

const TELL_EVERY_MS = 100;

/** Messages between threads for every piece would cost more than the pieces. */
function seldom<T extends readonly unknown[]>(tell: (...values: T) => void): (...values: T) => void {
  let last = -Infinity;
  return (...values) => {
    const now = performance.now();
    if (now - last >= TELL_EVERY_MS) {
      last = now;
      tell(...values);
    }
  };
}

function noAddress(url: string): UserFacingError {
  return new UserFacingError({
    code: 'checkpoint-download',
    what: `${url} is no address to download from.`,
    safe: 'Models that are ready stay so.',
    todo: 'Correct the address of the mirror, or leave it empty.',
  });
}

/** Another tab, or this one: both hold the same lock. */
function alreadyAtIt(id: ModelId): UserFacingError {
  return new UserFacingError({
    code: 'storage-failed',
    what: `${models[id].name} is already being made ready or removed, here or in another tab.`,
    safe: 'That goes on.',
    todo: 'Cancel it, or wait until it is done, then try again.',
  });
}
