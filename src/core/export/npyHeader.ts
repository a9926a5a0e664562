/** The beginning of a NumPy array file (NEP 1, version 1.0; version 2.0 is not needed for headers this short). */

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0];

/** `descr` such as `|u1`, `<u2`, `<i8`, `<f8`, `<U12`; values follow in C order. */
export function npyHeader(descr: string, shape: readonly number[]): Uint8Array<ArrayBuffer> {
  const sides = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${sides}), }`;
  // Magic, two bytes of length, text and line end together are a multiple of 64.
  const padded = `${text.padEnd(Math.ceil((text.length + 11) / 64) * 64 - 11)}\n`;
  const bytes = new Uint8Array(10 + padded.length);
  bytes.set(MAGIC);
  new DataView(bytes.buffer).setUint16(8, padded.length, true);
  // All of it is ASCII.
  bytes.set(
    Array.from(padded, (character) => character.charCodeAt(0)),
    10,
  );
  return bytes;
}

/** A one-dimensional array of strings, each filled up with zeros to the longest (UCS-4, little-endian). */
export function npyStrings(texts: readonly string[]): Uint8Array<ArrayBuffer> {
  const points = texts.map((text) => Array.from(text, (character) => character.codePointAt(0) ?? 0));
  const longest = Math.max(1, ...points.map(({ length }) => length));
  const values = new Uint32Array(texts.length * longest);
  points.forEach((text, place) => values.set(text, place * longest));
  return joined(npyHeader(`<U${longest}`, [texts.length]), littleEndian(values));
}

export function npyInt64(values: readonly number[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(values.length * 8);
  const view = new DataView(bytes.buffer);
  values.forEach((value, index) => view.setBigInt64(index * 8, BigInt(value), true));
  return joined(npyHeader('<i8', [values.length]), bytes);
}

export function npyFloat64(values: readonly number[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(values.length * 8);
  const view = new DataView(bytes.buffer);
  values.forEach((value, index) => view.setFloat64(index * 8, value, true));
  return joined(npyHeader('<f8', [values.length]), bytes);
}

/** Every platform with a browser of today is little-endian, but nothing is lost by writing it so. */
export function littleEndian(values: Uint16Array | Uint32Array): Uint8Array<ArrayBuffer> {
  const size = values.BYTES_PER_ELEMENT;
  const bytes = new Uint8Array(values.length * size);
  const view = new DataView(bytes.buffer);
  values.forEach((value, index) =>
    size === 2 ? view.setUint16(index * 2, value, true) : view.setUint32(index * 4, value, true),
  );
  return bytes;
}

function joined(head: Uint8Array, body: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(head.length + body.length);
  bytes.set(head);
  bytes.set(body, head.length);
  return bytes;
}
