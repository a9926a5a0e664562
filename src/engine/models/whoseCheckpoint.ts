/** Tells whose file a checkpoint is, by what each model on the shelf needs. */
import type { CheckpointIndex } from '../../core/checkpoint/checkpointIndex';
import { fits, matchTensors } from '../../core/checkpoint/matchTensors';
import type { GraphManifest } from '../../core/models/graphManifest';
import { modelIds, type ModelId } from '../../core/models/shelf';
import { blobSource } from '../checkpoint/byteSource';
import { openCheckpoint } from '../checkpoint/openCheckpoint';
import { loadGraphManifest } from './manifestFile';

/** The model whose tensors these are, by names, shapes and types; null for none. `modelsUrl` ends in `/`. */
export async function whoseCheckpoint(
  checkpoint: CheckpointIndex,
  modelsUrl: string,
): Promise<ModelId | null> {
  for (const id of modelIds) {
    const manifest = await loadGraphManifest(id, modelsUrl).catch(() => null);
    if (manifest && isCheckpointOf(manifest, checkpoint)) {
      return id;
    }
  }
  return null;
}

/** The same of a file. Rejects with `checkpoint-unreadable` for one that is no checkpoint. */
export async function whoseFile(file: File, modelsUrl: string): Promise<ModelId | null> {
  return await whoseCheckpoint(await openCheckpoint(blobSource(file)), modelsUrl);
}

/** Whether every tensor that some variant of the model needs is there as it should be. */
export function isCheckpointOf({ layouts, variants }: GraphManifest, checkpoint: CheckpointIndex): boolean {
  return Object.values(variants).some((variant) => {
    const match = matchTensors(layouts, variant, checkpoint);
    return match !== null && fits(match);
  });
}
