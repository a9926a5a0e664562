/** The small SAM of tools/export/sam.py under Node, with seeded weights. */
/// <reference types="node" />
import { readFile } from 'node:fs/promises';
import { float32Tensor, writeSafetensors } from '../../checkpoint/__fixtures__/writeSafetensors';
import { seededTensor } from '../../checkpoint/__fixtures__/seededWeights';
import { bytesSource } from '../../checkpoint/byteSource';
import { openCheckpoint } from '../../checkpoint/openCheckpoint';
import { hydrate } from '../../models/hydrate';
import { parseGraphManifest } from '../../models/parseGraphManifest';
import type { ShelfModelFiles } from '../../models/shelfFiles';

const folder = new URL('./smallSam/', import.meta.url);

async function bytesOf(file: string): Promise<Uint8Array<ArrayBuffer>> {
  return Uint8Array.from(await readFile(new URL(file, folder)));
}

/** A JSON file beside the graphs. */
export async function smallSamJson(file: string): Promise<unknown> {
  return JSON.parse(new TextDecoder().decode(await bytesOf(file)));
}

/** As RULES of tools/export/sam.py and the defaults of seeded.py say. */
function seeded(name: string, shape: readonly number[]): Float32Array {
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

/** Read as the app reads it, from a checkpoint under transformers' names. */
export async function smallSamFiles(): Promise<ShelfModelFiles> {
  const manifest = parseGraphManifest(await smallSamJson('manifest.json'));
  const { graphs, weightFiles, tensors } = manifest.variants.fp32!;
  const written = tensors.map(({ from }) => {
    const { name, shape } = from['pytorch']!;
    return [from['huggingface']!.name, float32Tensor(shape, seeded(name, shape))] as const;
  });
  const file = writeSafetensors(Object.fromEntries(written));
  const weights = weightFiles.map(({ path, sizeBytes }) => ({ path, data: new Uint8Array(sizeBytes) }));
  const { weightsSha256, checkpointSha256 } = await hydrate({
    manifest,
    variant: 'fp32',
    checkpoint: await openCheckpoint(bytesSource(file, 'small.safetensors')),
    sink: { write: (index, offset, bytes) => weights[index]!.data.set(bytes, offset) },
  });
  const loaded = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const [name, graph] of Object.entries(graphs)) {
    loaded.set(name, await bytesOf(graph.file));
  }
  return { manifest, variant: 'fp32', graphs: loaded, weights, weightsSha256, checkpointSha256 };
}
