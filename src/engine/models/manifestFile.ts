/** Fetches the manifest of a model of the shelf. */
import type { GraphManifest } from '../../core/models/graphManifest';
import type { ModelId } from '../../core/models/shelf';
import { damagedFile, fetchFile } from './fetchedFile';
import { parseGraphManifest } from './parseGraphManifest';

export const SHELF_ADVICE = 'Reload the page; if that does not help, get a fresh copy of Maskflow.';

/** `modelsUrl` ends in `/`. Rejects with a UserFacingError `model-missing` or `model-corrupt`. */
export async function loadGraphManifest(id: ModelId, modelsUrl: string): Promise<GraphManifest> {
  const name = `${id}/manifest.json`;
  const response = await fetchFile(new URL(name, modelsUrl).href, name, 'no-cache');
  try {
    const manifest = parseGraphManifest(await response.json());
    if (manifest.id !== id) {
      throw new Error(`it is that of ${manifest.id}`);
    }
    return manifest;
  } catch (error) {
    throw damagedFile(name, SHELF_ADVICE, error);
  }
}
