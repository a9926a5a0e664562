/** Makes models ready out of official files, and knows which ones are: the work behind the models worker. */
import { UserFacingError } from '../../core/base/errors';
import { bytesText } from '../../core/base/numberText';
import type { CheckpointSource, GraphManifest } from '../../core/models/graphManifest';
import type { HydrationOutcome, HydrationProgress } from '../../core/models/hydration';
import { offerOf, type ModelOffer } from '../../core/models/modelOffer';
import type { HostStatement } from '../../core/models/hostStatement';
import type { HydratedModel, ModelVariant } from '../../core/models/modelStatus';
import { modelIds, models, type ModelId } from '../../core/models/shelf';
import { askHost } from './askHost';
import { downloadCheckpoint } from './downloadCheckpoint';
import { loadGraphManifest } from './manifestFile';
import type { ExpectedFile } from './officialFile';
import { openRoot, type OpfsFolder } from './opfsFolder';
import { forgetParts } from './partialDownloads';
import { isRefusal, refusalOf } from './refusal';
import { seldom } from './seldom';
import { DOWNLOADS, modelLock, removeWeights, storedWeights } from './shelfStore';
import { isQuotaExceeded, noStorage, storageFull } from './storageErrors';
import { variantFor, withGraphsOf } from './storedModel';
import { storeWeights, weightBytesOf } from './storeWeights';

export type HydrateOrder = {
  /** The official file, or where to download it from. */
  readonly from: File | string;
  readonly variant: ModelVariant;
  /** What the host said of the file before the download; left out where it was not asked. */
  readonly stated?: HostStatement;
};

type HydrateOptions = {
  readonly onProgress: (progress: HydrationProgress) => void;
  readonly signal: AbortSignal;
};

/** `isOutdated`: graphs of this build want the weights arranged otherwise; left out where they go together. */
type StoredHere = { readonly id: ModelId; readonly model: HydratedModel; readonly isOutdated?: true };

/**
 * Models whose weights are on this device, with the graphs of this build, whose manifests are fetched from `modelsUrl`
 * (ends in `/`). Where one cannot be had, the graphs are those that the weights were read for.
 */
export async function hydratedModels(modelsUrl: string): Promise<StoredHere[]> {
  return await Promise.all(
    (await storedWeights()).map(async ({ record }) => {
      const { id, model } = record;
      const manifest = await loadGraphManifest(id, modelsUrl).catch(() => null);
      if (!manifest) {
        return { id, model };
      }
      const variant = await variantFor(record, manifest);
      return variant ? { id, model: withGraphsOf(model, variant) } : { id, model, isOutdated: true as const };
    }),
  );
}

/**
 * What the host at an address says of a model's file, as `askHost` does. Rejects too where it contradicts what is known
 * here of the official file.
 */
export async function askAboutFile(
  id: ModelId,
  modelsUrl: string,
  url: string,
  signal?: AbortSignal,
): Promise<HostStatement> {
  if (!URL.canParse(url)) {
    throw noAddress(url);
  }
  const source = sourceAt(await loadGraphManifest(id, modelsUrl), url);
  const { sha256 = null, sizeBytes = null } = source ?? {};
  const stated = await askHost(url, { signal, isHashKnown: sha256 !== null });
  const isOther =
    (sha256 !== null && stated.sha256 !== null && stated.sha256 !== sha256) ||
    (sizeBytes !== null && stated.sizeBytes !== null && stated.sizeBytes !== sizeBytes);
  if (source && isOther) {
    throw hasOtherFile(source.fileName, stated);
  }
  return stated;
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
      const { file, expected } = await fileOf(root, manifest, order, options);
      const { variant } = order;
      const model = await storeWeights({ root, manifest, variant, modelsUrl, file, expected, ...options });
      await forgetParts(root, id);
      return { kind: 'done', model };
    } catch (error) {
      if (isRefusal(error)) {
        await (typeof order.from === 'string' && forgetParts(root, id));
        return refusalOf(error, manifest, order.from);
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

type GivenFile = { readonly file: File; readonly expected: ExpectedFile | null };

async function fileOf(
  root: OpfsFolder,
  manifest: GraphManifest,
  { from, variant, stated }: HydrateOrder,
  options: HydrateOptions,
): Promise<GivenFile> {
  if (typeof from !== 'string') {
    return { file: from, expected: null };
  }
  if (!URL.canParse(from)) {
    throw noAddress(from);
  }
  const source = sourceAt(manifest, from);
  const sha256 = source?.sha256 ?? stated?.sha256 ?? null;
  const statedBy = source?.sha256 ? null : (stated?.host ?? null);
  const lastName = lastNameOf(from);
  const fileName = source?.fileName ?? (lastName || `the file of ${manifest.name}`);
  const file = await downloadCheckpoint(await root.getDirectoryHandle(DOWNLOADS, { create: true }), {
    id: manifest.id,
    url: from,
    fileName,
    sizeBytes: source?.sizeBytes ?? stated?.sizeBytes ?? null,
    laterBytes: weightBytesOf(manifest, variant),
    onProgress: seldom((doneBytes, totalBytes) =>
      options.onProgress(downloading(fileName, doneBytes, totalBytes)),
    ),
    signal: options.signal,
  });
  return { file, expected: { sha256, statedBy } };
}

/** Mirrors keep the names of the official files. */
function sourceAt({ sources }: GraphManifest, url: string): CheckpointSource | undefined {
  return (
    sources.find((entry) => entry.url === url) ?? sources.find(({ fileName }) => fileName === lastNameOf(url))
  );
}

function lastNameOf(url: string): string {
  return new URL(url).pathname.split('/').at(-1) ?? '';
}

function downloading(fileName: string, doneBytes: number, totalBytes: number | null): HydrationProgress {
  const size =
    totalBytes === null ? bytesText(doneBytes) : `${bytesText(doneBytes)} of ${bytesText(totalBytes)}`;
  return {
    phase: `Downloading ${fileName} (${size})`,
    fraction: totalBytes === null ? null : doneBytes / totalBytes,
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

function hasOtherFile(fileName: string, { host, sizeBytes, sha256 }: HostStatement): UserFacingError {
  const facts = [
    ...(sizeBytes === null ? [] : [`${sizeBytes} bytes`]),
    ...(sha256 === null ? [] : [`SHA-256 ${sha256.slice(0, 16)}…`]),
  ];
  return new UserFacingError({
    code: 'checkpoint-mismatch',
    what: `${host} has another ${fileName} (${facts.join(', ')}) than the official one that is known here.`,
    safe: 'Nothing was downloaded.',
    todo: 'Take it from another place that the page names, or see whether there is a newer Maskflow.',
  });
}
