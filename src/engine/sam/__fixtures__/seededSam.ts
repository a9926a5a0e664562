/** SAMs of tools/export/sam.py on seeded weights: a checkpoint in the official form, hydrated as any other. */
import type { GraphManifest } from '../../../core/models/graphManifest';
import type { ByteSource } from '../../checkpoint/byteSource';
import { openCheckpoint } from '../../checkpoint/openCheckpoint';
import { seededTensor } from '../../checkpoint/__fixtures__/seededWeights';
import { floatTensor, writePytorchZip } from '../../checkpoint/__fixtures__/writePytorchZip';
import { hydrate } from '../../models/hydrate';
import type { ShelfModelFiles } from '../../models/shelfFiles';

/** By its name in segment-anything's checkpoints, as RULES of sam.py and the defaults of seeded.py say. */
export function seededSamTensor(name: string, shape: readonly number[]): Float32Array<ArrayBuffer> {
  if (/\.(pos_embed|rel_pos_[hw])$/.test(name)) {
    return seededTensor(name, shape, 'table', 0.1);
  }
  if (name.endsWith('bias')) {
    return seededTensor(name, shape, 'bias');
  }
  if (!name.endsWith('weight')) {
    return seededTensor(name, shape, 'table');
  }
  const kinds = [null, 'scale', 'linear', 'linear', 'weight'] as const;
  return seededTensor(name, shape, kinds[shape.length] ?? 'table');
}

/** A .pth file as segment-anything's, with all tensors that the graphs need. */
export function seededSamCheckpoint({ variants }: GraphManifest): Uint8Array<ArrayBuffer> {
  const tensors = variants.fp32!.tensors.map(({ from }) => {
    const { name, shape } = from['pytorch']!;
    return [name, floatTensor(shape, seededSamTensor(name, shape))] as const;
  });
  return writePytorchZip(Object.fromEntries(tensors));
}

/** What the shelf would load: `read` reads a file of the model's folder. */
export async function hydratedSam(
  manifest: GraphManifest,
  source: ByteSource,
  read: (name: string) => Promise<Uint8Array<ArrayBuffer>>,
): Promise<ShelfModelFiles> {
  const { graphs, weightFiles } = manifest.variants.fp32!;
  const weights = weightFiles.map(({ path, sizeBytes }) => ({ path, data: new Uint8Array(sizeBytes) }));
  const { weightsSha256, checkpointSha256 } = await hydrate({
    manifest,
    variant: 'fp32',
    checkpoint: await openCheckpoint(source),
    sink: { write: (index, offset, bytes) => weights[index]!.data.set(bytes, offset) },
  });
  const loaded = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const [name, { file }] of Object.entries(graphs)) {
    loaded.set(name, await read(file));
  }
  return { manifest, variant: 'fp32', graphs: loaded, weights, weightsSha256, checkpointSha256 };
}
