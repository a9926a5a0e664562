/** A model of the shelf that is small enough to write out: its manifest, and a checkpoint that fits it. */
import type { GraphManifest, GraphTensor, TensorOrigin } from '../../../core/models/graphManifest';
import { floatTensor, type TorchTensor } from '../../checkpoint/__fixtures__/writePytorchZip';
import { seededTensor } from '../../checkpoint/__fixtures__/seededWeights';
import type { WeightSink } from '../hydrate';

type Weight = Pick<GraphTensor, 'name' | 'dtype' | 'shape' | 'file' | 'offset'> & {
  readonly from: TensorOrigin;
};

/** Two files; the second begins with a gap and ends with one. */
const weights: readonly Weight[] = [
  { name: 'conv', dtype: 'float32', shape: [4, 3], file: 0, offset: 0, from: origin('conv.weight', [4, 3]) },
  {
    name: 'query',
    dtype: 'float32',
    shape: [3, 2],
    file: 0,
    offset: 64,
    from: {
      name: 'qkv.weight',
      shape: [6, 3],
      steps: [
        { kind: 'slice', axis: 0, start: 2, end: 4 },
        { kind: 'transpose', axes: [1, 0] },
      ],
    },
  },
  {
    name: 'padded',
    dtype: 'float32',
    shape: [2, 5],
    file: 1,
    offset: 64,
    from: {
      name: 'bias',
      shape: [6],
      steps: [
        { kind: 'reshape', shape: [2, 3] },
        { kind: 'padZeros', axis: 1, to: 5 },
      ],
    },
  },
];

function origin(name: string, shape: readonly number[]): TensorOrigin {
  return { name, shape, steps: [] };
}

function tensorsOf(dtype: 'float32' | 'float16'): GraphTensor[] {
  return weights.map((weight) => ({ ...weight, dtype, from: { torch: weight.from, tensors: weight.from } }));
}

const graph = { file: 'net.fp32.onnx', sizeBytes: 9, sha256: 'a'.repeat(64), inputs: {}, outputs: {} };

export const smallManifest: GraphManifest = {
  formatVersion: 1,
  id: 'xmem',
  name: 'Small',
  family: 'xmem',
  licence: 'MIT',
  source: 'made for tests',
  config: {},
  layouts: [
    { id: 'torch', container: 'pytorch', roots: ['', 'model'], ignored: ['*.num_batches_tracked'] },
    { id: 'tensors', container: 'safetensors', roots: [''], ignored: [] },
  ],
  sources: [],
  variants: {
    fp32: {
      graphs: { net: graph },
      weightFiles: [
        { path: 'weights.fp32.0.bin', sizeBytes: 128 },
        { path: 'weights.fp32.1.bin', sizeBytes: 200 },
      ],
      tensors: tensorsOf('float32'),
    },
    fp16: {
      graphs: { net: { ...graph, file: 'net.fp16.onnx' } },
      weightFiles: [
        { path: 'weights.fp16.0.bin', sizeBytes: 128 },
        { path: 'weights.fp16.1.bin', sizeBytes: 200 },
      ],
      tensors: tensorsOf('float16'),
    },
  },
  provenance: { testedWith: 'seeded weights' },
};

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
