/** XMem's graphs with seeded weights: computed from the tensors' names, laid out as the manifest says. */
import type { GraphManifest, TensorOrigin } from '../../../core/models/graphManifest';
import { elementCount } from '../../../core/models/graphManifest';
import { fnv1a32, type SeedKind } from '../../checkpoint/__fixtures__/seededWeights';

const LANES = 4;

/** As in tools/export/xmem.py: heads are weaker, norms are near 0.5. */
export function seedKindOf(name: string): SeedKind {
  if (name.endsWith('running_mean')) {
    return 'bn_mean';
  }
  if (name.endsWith('running_var')) {
    return 'bn_var';
  }
  if (name.endsWith('.bias')) {
    return 'bias';
  }
  return /bn\d\.weight$|downsample\.1\.weight$/.test(name) ? 'bn_weight' : 'weight';
}

/** The bytes of `weights.fp32.0.bin`. */
export function seededWeightFile(manifest: GraphManifest): Uint8Array<ArrayBuffer> {
  const variant = manifest.variants.fp32!;
  const [file] = variant.weightFiles;
  const bytes = new Uint8Array(file!.sizeBytes);
  // Parts of one tensor follow each other often.
  let name = '';
  let values = new Float32Array(0);
  for (const tensor of variant.tensors) {
    const origin = tensor.from['pytorch']!;
    values = name === origin.name ? values : seededValues(origin);
    name = origin.name;
    placePart(new Float32Array(bytes.buffer, tensor.offset, elementCount(tensor.shape)), values, origin);
  }
  return bytes;
}

/** Written as one loop: there are 62 million values. */
export function seededValues({
  name,
  shape,
}: Pick<TensorOrigin, 'name' | 'shape'>): Float32Array<ArrayBuffer> {
  const kind = seedKindOf(name);
  const inputs = elementCount(shape.slice(1));
  const gain = /^key_proj|^decoder\.pred/.test(name) ? 0.1 : 1;
  const scale =
    { weight: gain * Math.sqrt(2 / inputs), bn_weight: 0.05, bn_mean: 0.05, bn_var: 0.1, bias: 0.05 }[
      kind as string
    ] ?? 0;
  const base = { bn_weight: 0.5, bn_var: 1 }[kind as string] ?? 0;
  const values = new Float32Array(elementCount(shape));
  const states = Int32Array.from({ length: LANES }, (_, lane) => fnv1a32(`${name}#${lane}`));
  const root = Math.sqrt(3);
  for (let index = 0; index < values.length; index += 1) {
    let sum = 0;
    for (let lane = 0; lane < LANES; lane += 1) {
      const state = (states[lane]! + 0x6d2b79f5) | 0;
      states[lane] = state;
      let mixed = Math.imul(state ^ (state >>> 15), state | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      sum += ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    }
    const normal = (sum - 2) * root;
    values[index] = base + (kind === 'bn_var' ? Math.abs(normal) : normal) * scale;
  }
  return values;
}

/** XMem's weights are whole tensors, or slices along one axis; a reshape moves nothing. */
function placePart(target: Float32Array, values: Float32Array, origin: TensorOrigin): void {
  const slice = origin.steps.find((step) => step.kind === 'slice');
  if (!slice) {
    target.set(values);
    return;
  }
  const { axis, start, end } = slice;
  const inner = elementCount(origin.shape.slice(axis + 1));
  const outer = elementCount(origin.shape.slice(0, axis));
  const from = origin.shape[axis]! * inner;
  const width = (end - start) * inner;
  for (let row = 0; row < outer; row += 1) {
    const begin = row * from + start * inner;
    target.set(values.subarray(begin, begin + width), row * width);
  }
}
