/** A model of the shelf that is small enough to write out: its manifest, and a checkpoint that fits it. */
import type { GraphManifest } from '../../../core/models/graphManifest';
import { floatTensor, type TorchTensor } from '../../checkpoint/__fixtures__/writePytorchZip';
import { seededTensor } from '../../checkpoint/__fixtures__/seededWeights';
import type { WeightSink } from '../hydrate';
import { parseGraphManifest } from '../parseGraphManifest';
import manifestJson from './shelf/xmem/manifest.json';

/** Two files; the second begins with a gap and ends with one. */
export const smallManifest: GraphManifest = parseGraphManifest(manifestJson);

export function smallValues(): Record<string, Float32Array<ArrayBuffer>> {
  return {
    'conv.weight': seededTensor('conv.weight', [4, 3], 'linear'),
    'qkv.weight': seededTensor('qkv.weight', [6, 3], 'linear'),
    bias: seededTensor('bias', [6], 'bias'),
  };
}

export function smallTensors(): Record<string, TorchTensor> {
  const values = smallValues();
  return {
    'conv.weight': floatTensor([4, 3], values['conv.weight']!),
    'qkv.weight': floatTensor([6, 3], values['qkv.weight']!),
    bias: floatTensor([6], values['bias']!),
    'bn.num_batches_tracked': { type: 'LongStorage', shape: [], bytes: new Uint8Array(8) },
  };
}

/** Keeps the files of weights in memory; a byte that nobody wrote stays 255. */
export function memorySink(
  manifest: GraphManifest,
  variant: 'fp32' | 'fp16',
): WeightSink & { readonly files: Uint8Array<ArrayBuffer>[] } {
  const files = manifest.variants[variant]!.weightFiles.map(({ sizeBytes }) =>
    new Uint8Array(sizeBytes).fill(255),
  );
  return { files, write: (file, offset, bytes) => files[file]!.set(bytes, offset) };
}
