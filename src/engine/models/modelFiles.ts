/** Fetches the files of the model that comes with the app. */
import type { LoadProgress } from '../../core/segment/segmentation';
import { damagedFile, fetchChecked, fetchFile } from './fetchedFile';
import { parseModelManifest, type ModelManifest } from './modelManifest';

export type ModelFiles = {
  readonly manifest: ModelManifest;
  readonly encoder: Uint8Array<ArrayBuffer>;
  readonly decoder: Uint8Array<ArrayBuffer>;
};

/** Both files are put there by the start script. */
const ADVICE =
  'Delete the folder public/models/mobilesam and run "npm start" again, then load the model again.';

/**
 * Loads model.json and both graphs from the folder at `modelUrl` (ends in `/`). Rejects with a UserFacingError
 * (`model-missing`, `model-corrupt`) that names the file.
 */
export async function loadModelFiles(
  modelUrl: string,
  onProgress: (progress: LoadProgress) => void,
): Promise<ModelFiles> {
  const manifest = await loadBundledManifest(modelUrl);
  const totalBytes = manifest.encoder.sizeBytes + manifest.decoder.sizeBytes;
  let doneBytes = 0;
  const count = (bytes: number): void => {
    doneBytes += bytes;
    onProgress({
      phase: `Loading ${manifest.name} (${toMegabytes(doneBytes)} of ${toMegabytes(totalBytes)} MB)`,
      fraction: Math.min(1, doneBytes / totalBytes),
    });
  };
  const encoder = await fetchChecked(manifest.encoder, modelUrl, ADVICE, count);
  const decoder = await fetchChecked(manifest.decoder, modelUrl, ADVICE, count);
  return { manifest, encoder, decoder };
}

function toMegabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0);
}

/** model.json of the folder at `modelUrl` (ends in `/`). Rejects as `loadModelFiles` does. */
export async function loadBundledManifest(modelUrl: string): Promise<ModelManifest> {
  const response = await fetchFile(new URL('model.json', modelUrl).href, 'model.json', 'no-cache');
  try {
    return parseModelManifest(await response.json());
  } catch (error) {
    throw damagedFile('model.json', ADVICE, error);
  }
}
