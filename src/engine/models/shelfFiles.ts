/** A model of the shelf that is ready to start: its graphs, and the weights that go with them. */
import { UserFacingError } from '../../core/base/errors';
import type { GraphManifest } from '../../core/models/graphManifest';
import { loggedModel, type LoggedModel, type ModelVariant } from '../../core/models/modelStatus';
import { models, type ModelId } from '../../core/models/shelf';
import { fetchChecked } from './fetchedFile';
import { loadGraphManifest, SHELF_ADVICE } from './manifestFile';
import { storedWeights, weightFilesOf } from './shelfStore';
import { variantFor, withGraphsOf } from './storedModel';

export type ShelfModelFiles = {
  readonly manifest: GraphManifest;
  readonly variant: ModelVariant;
  /** By their names in the manifest. */
  readonly graphs: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
  /** Data of files on the disk is read when a session is made. */
  readonly weights: readonly { readonly path: string; readonly data: Blob | Uint8Array<ArrayBuffer> }[];
  /** Of the weights as written; null where nobody counted. */
  readonly weightsSha256: string | null;
  /** Of the official file that the weights came from; null where nobody counted. */
  readonly checkpointSha256?: string | null;
  /** The stored weights as the log names them; left out for files that were not stored. */
  readonly loaded?: LoggedModel;
};

/**
 * The weights that are stored of a model, and the graphs that go with them, which are fetched from the folder at
 * `modelsUrl` (ends in `/`). Rejects with a UserFacingError: `model-missing` when no weights are on this device, or only
 * those for an earlier version of the graphs, or a graph cannot be fetched; `model-corrupt` for a damaged graph.
 */
export async function loadShelfFiles(id: ModelId, modelsUrl: string): Promise<ShelfModelFiles> {
  const stored = (await storedWeights()).find(({ record }) => record.id === id);
  if (!stored) {
    throw weightsMissing(`The weights of ${models[id].name} are not on this device.`);
  }
  const manifest = await loadGraphManifest(id, modelsUrl);
  const { model } = stored.record;
  const variant = await variantFor(stored.record, manifest);
  const weights = variant && (await weightFilesOf(stored, variant));
  if (!variant || !weights) {
    throw weightsMissing(
      `The weights of ${manifest.name} on this device are those of another Maskflow version.`,
    );
  }
  const graphs = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const [name, graph] of Object.entries(variant.graphs)) {
    const folderUrl = new URL(`${id}/`, modelsUrl).href;
    graphs.set(name, await fetchChecked(graph, folderUrl, SHELF_ADVICE, () => undefined));
  }
  const { weightsSha256, checkpointSha256 } = model;
  const loaded = loggedModel(id, withGraphsOf(model, variant));
  return { manifest, variant: model.variant, graphs, weights, weightsSha256, checkpointSha256, loaded };
}

function weightsMissing(what: string): UserFacingError {
  return new UserFacingError({
    code: 'model-missing',
    what,
    safe: 'Everything else goes on with the models that are ready.',
    todo: 'Open the models page and read the official file again.',
  });
}
