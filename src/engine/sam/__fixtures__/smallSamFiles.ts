/** The small SAM of tools/export/sam.py under Node, with seeded weights. */
/// <reference types="node" />
import { readFile } from 'node:fs/promises';
import { float32Tensor, writeSafetensors } from '../../checkpoint/__fixtures__/writeSafetensors';
import { bytesSource } from '../../checkpoint/byteSource';
import { parseGraphManifest } from '../../models/parseGraphManifest';
import type { ShelfModelFiles } from '../../models/shelfFiles';
import { hydratedSam, seededSamTensor } from './seededSam';

const folder = new URL('./smallSam/', import.meta.url);

async function bytesOf(file: string): Promise<Uint8Array<ArrayBuffer>> {
  return Uint8Array.from(await readFile(new URL(file, folder)));
}

/** A JSON file beside the graphs. */
export async function smallSamJson(file: string): Promise<unknown> {
  return JSON.parse(new TextDecoder().decode(await bytesOf(file)));
}

/** Read as the app reads it, from a checkpoint under transformers' names. */
export async function smallSamFiles(): Promise<ShelfModelFiles> {
  const manifest = parseGraphManifest(await smallSamJson('manifest.json'));
  const written = manifest.variants.fp32!.tensors.map(({ from }) => {
    const { name, shape } = from['pytorch']!;
    return [from['huggingface']!.name, float32Tensor(shape, seededSamTensor(name, shape))] as const;
  });
  const file = writeSafetensors(Object.fromEntries(written));
  return await hydratedSam(manifest, bytesSource(file, 'small.safetensors'), bytesOf);
}
