/** Reads float32 tensors of a .safetensors file. */

export type GoldenTensors = ReadonlyMap<
  string,
  { readonly shape: readonly number[]; readonly values: Float32Array }
>;

type Header = Record<string, { shape: number[]; data_offsets: [number, number] }>;

export function goldenTensors(bytes: Uint8Array<ArrayBuffer>): GoldenTensors {
  const headerBytes = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + headerBytes))) as Header;
  delete header['__metadata__'];
  return new Map(
    Object.entries(header).map(
      ([
        name,
        {
          shape,
          data_offsets: [begin, end],
        },
      ]) => {
        const data = bytes.slice(8 + headerBytes + begin, 8 + headerBytes + end);
        return [name, { shape, values: new Float32Array(data.buffer) }] as const;
      },
    ),
  );
}

/** Largest absolute difference over the largest absolute value wanted. */
export function relativeError(found: ArrayLike<number>, wanted: ArrayLike<number>): number {
  let worst = 0;
  let largest = 1e-12;
  for (let index = 0; index < wanted.length; index += 1) {
    worst = Math.max(worst, Math.abs(found[index]! - wanted[index]!));
    largest = Math.max(largest, Math.abs(wanted[index]!));
  }
  return Number.isNaN(found[0]!) || found.length !== wanted.length ? Infinity : worst / largest;
}

export function absoluteError(found: ArrayLike<number>, wanted: ArrayLike<number>): number {
  let worst = found.length === wanted.length ? 0 : Infinity;
  for (let index = 0; index < wanted.length; index += 1) {
    const difference = Math.abs(found[index]! - wanted[index]!);
    worst = difference > worst || Number.isNaN(difference) ? difference : worst;
  }
  return worst;
}
