/** Writes .safetensors files for tests. */

export type WrittenTensor = {
  readonly dtype: 'F64' | 'F32' | 'F16' | 'BF16' | 'I64' | 'U8';
  readonly shape: readonly number[];
  /** Little-endian. */
  readonly bytes: Uint8Array;
};

export function float32Tensor(shape: readonly number[], values: Float32Array): WrittenTensor {
  return { dtype: 'F32', shape, bytes: new Uint8Array(values.buffer, values.byteOffset, values.byteLength) };
}

/** In the order of `tensors`. */
export function writeSafetensors(
  tensors: Readonly<Record<string, WrittenTensor>>,
  metadata?: Readonly<Record<string, string>>,
): Uint8Array<ArrayBuffer> {
  let end = 0;
  const header: Record<string, unknown> = metadata ? { __metadata__: metadata } : {};
  for (const [name, { dtype, shape, bytes }] of Object.entries(tensors)) {
    header[name] = { dtype, shape, data_offsets: [end, end + bytes.length] };
    end += bytes.length;
  }
  return withHeader(
    JSON.stringify(header),
    Object.values(tensors).map(({ bytes }) => bytes),
  );
}

/** Any header before any data, also what no writer would write. */
export function withHeader(header: string, parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(header);
  const padded = new Uint8Array(Math.ceil(text.length / 8) * 8).fill(0x20);
  padded.set(text);
  const dataBytes = parts.reduce((sum, { length }) => sum + length, 0);
  const file = new Uint8Array(8 + padded.length + dataBytes);
  new DataView(file.buffer).setBigUint64(0, BigInt(padded.length), true);
  file.set(padded, 8);
  let at = 8 + padded.length;
  for (const part of parts) {
    file.set(part, at);
    at += part.length;
  }
  return file;
}
