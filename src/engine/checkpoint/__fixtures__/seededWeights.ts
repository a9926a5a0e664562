/** Weights made of their names, the same to the bit as `tools/export/maskflow_export/seeded.py` makes them. */

export type SeedKind =
  'weight' | 'linear' | 'table' | 'bias' | 'scale' | 'bn_weight' | 'bn_mean' | 'bn_var' | 'constant' | 'zero';

/** FNV-1a, 32 bits, of the UTF-8 bytes of `text`. */
export function fnv1a32(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) {
    hash = Math.imul(hash ^ byte, 0x01000193);
  }
  return hash >>> 0;
}

/** Number `index` of mulberry32 that starts at `start`, times 2^32. */
function mulberry32(start: number, index: number): number {
  const state = (start + Math.imul(index + 1, 0x6d2b79f5)) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), state | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return (mixed ^ (mixed >>> 14)) >>> 0;
}

/** `count` numbers in 0..1 of mulberry32 that starts at the hash of `name#lane`; each is exact in a double. */
export function uniforms(name: string, count: number, lane: number): Float64Array {
  const start = fnv1a32(`${name}#${lane}`);
  const values = new Float64Array(count);
  for (let index = 0; index < count; index += 1) {
    values[index] = mulberry32(start, index) / 2 ** 32;
  }
  return values;
}

/** Nearly normal (Irwin-Hall of four): mean 0, variance 1. Models have tens of millions of them. */
export function normals(name: string, count: number): Float64Array {
  const starts = [0, 1, 2, 3].map((lane) => fnv1a32(`${name}#${lane}`));
  const [a = 0, b = 0, c = 0, d = 0] = starts;
  const scale = Math.sqrt(3);
  const values = new Float64Array(count);
  for (let index = 0; index < count; index += 1) {
    // Sums of four are exact, so their order does not matter.
    const sum = mulberry32(a, index) + mulberry32(b, index) + mulberry32(c, index) + mulberry32(d, index);
    values[index] = (sum / 2 ** 32 - 2) * scale;
  }
  return values;
}

/**
 * One tensor of a seeded state_dict, row-major. `gain` as in seeded.py; left out, it is 0.1 for the weights of XMem's
 * heads and 1 for all others.
 */
export function seededTensor(
  name: string,
  shape: readonly number[],
  kind: SeedKind,
  gain = kind === 'weight' && isXMemHead(name) ? 0.1 : 1,
): Float32Array<ArrayBuffer> {
  const count = shape.reduce((product, size) => product * size, 1);
  if (kind === 'zero' || kind === 'constant') {
    return new Float32Array(count).fill(kind === 'zero' ? 0 : gain);
  }
  const of = valueOf(kind, gain, fanIn(shape));
  const values = new Float32Array(count);
  normals(name, count).forEach((normal, index) => {
    values[index] = of(normal);
  });
  return values;
}

function isXMemHead(name: string): boolean {
  return name.startsWith('key_proj') || name.startsWith('decoder.pred');
}

function fanIn(shape: readonly number[]): number {
  return shape.slice(1).reduce((product, size) => product * size, 1);
}

function valueOf(
  kind: Exclude<SeedKind, 'zero' | 'constant'>,
  gain: number,
  inputs: number,
): (normal: number) => number {
  const scale = {
    weight: gain * Math.sqrt(2 / inputs),
    linear: gain * Math.sqrt(1 / inputs),
    table: gain,
    bias: 0.05 * gain,
    scale: 0.05 * gain,
    bn_weight: 0.05,
    bn_mean: 0.05,
    bn_var: 0.1,
  }[kind];
  const base = { scale: 1, bn_weight: 0.5, bn_var: 1 }[kind as string] ?? 0;
  return kind === 'bn_var' ? (normal) => base + Math.abs(normal) * scale : (normal) => base + normal * scale;
}
