/** Weights made of their names, the same to the bit as `tools/export/maskflow_export/seeded.py` makes them. */

export type SeedKind = 'weight' | 'bias' | 'bn_weight' | 'bn_mean' | 'bn_var' | 'zero';

/** FNV-1a, 32 bits, of the UTF-8 bytes of `text`. */
export function fnv1a32(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) {
    hash = Math.imul(hash ^ byte, 0x01000193);
  }
  return hash >>> 0;
}

/** `count` numbers in 0..1 of mulberry32 that starts at the hash of `name#lane`; each is exact in a double. */
export function uniforms(name: string, count: number, lane: number): Float64Array {
  const start = fnv1a32(`${name}#${lane}`);
  return Float64Array.from({ length: count }, (_, index) => {
    const state = (start + Math.imul(index + 1, 0x6d2b79f5)) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  });
}

/** Nearly normal (Irwin-Hall of four): mean 0, variance 1. */
export function normals(name: string, count: number): Float64Array {
  const lanes = [0, 1, 2, 3].map((lane) => uniforms(name, count, lane));
  const scale = Math.sqrt(3);
  return lanes[0]!.map(
    (first, index) => (first + lanes[1]![index]! + lanes[2]![index]! + lanes[3]![index]! - 2) * scale,
  );
}

/** One tensor of a seeded state_dict, row-major. `gain` widens or narrows weights; XMem's heads have 0.1. */
export function seededTensor(
  name: string,
  shape: readonly number[],
  kind: SeedKind,
  gain = isXMemHead(name) ? 0.1 : 1,
): Float32Array<ArrayBuffer> {
  const count = shape.reduce((product, size) => product * size, 1);
  const value = valueOf(kind, gain * Math.sqrt(2 / Math.max(1, fanIn(shape))));
  return kind === 'zero' ? new Float32Array(count) : Float32Array.from(normals(name, count), value);
}

function isXMemHead(name: string): boolean {
  return name.startsWith('key_proj') || name.startsWith('decoder.pred');
}

function fanIn(shape: readonly number[]): number {
  return shape.slice(1).reduce((product, size) => product * size, 1);
}

function valueOf(kind: SeedKind, weightScale: number): (normal: number) => number {
  switch (kind) {
    case 'weight':
      return (normal) => normal * weightScale;
    case 'bias':
    case 'bn_mean':
      return (normal) => 0.05 * normal;
    case 'bn_weight':
      return (normal) => 0.5 + 0.05 * normal;
    case 'bn_var':
      return (normal) => 1 + 0.1 * Math.abs(normal);
    case 'zero':
      return () => 0;
    default:
      throw new Error(`unknown kind ${String(kind)}`);
  }
}
