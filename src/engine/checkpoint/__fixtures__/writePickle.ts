/** Writes pickles of protocol 2 for tests, as torch.save does. */

export type Pickled =
  | null
  | boolean
  | number
  | string
  | readonly Pickled[]
  | { readonly dict: readonly (readonly [Pickled, Pickled])[] }
  | { readonly tuple: readonly Pickled[] }
  | { readonly global: string }
  | { readonly call: string; readonly args: readonly Pickled[] }
  | { readonly persistent: Pickled }
  /** Instructions as they are. */
  | { readonly raw: Uint8Array };

export function writePickle(value: Pickled): Uint8Array {
  const out: number[] = [0x80, 2];
  write(value, out);
  out.push(0x2e);
  return Uint8Array.from(out);
}

function write(value: Pickled, out: number[]): void {
  if (value === null) {
    out.push(0x4e);
  } else if (typeof value === 'boolean') {
    out.push(value ? 0x88 : 0x89);
  } else if (typeof value === 'number') {
    writeNumber(value, out);
  } else if (typeof value === 'string') {
    const bytes = new TextEncoder().encode(value);
    out.push(0x58, ...little(bytes.length, 4), ...bytes);
  } else if ('raw' in value) {
    out.push(...value.raw);
  } else if ('dict' in value) {
    out.push(0x7d, 0x28);
    value.dict.forEach((pair) => pair.forEach((item) => write(item, out)));
    out.push(0x75);
  } else if ('tuple' in value) {
    writeTuple(value.tuple, out);
  } else if ('global' in value) {
    writeGlobal(value.global, out);
  } else if ('call' in value) {
    writeGlobal(value.call, out);
    writeTuple(value.args, out);
    out.push(0x52);
  } else if ('persistent' in value) {
    write(value.persistent, out);
    out.push(0x51);
  } else {
    out.push(0x5d, 0x28);
    value.forEach((item) => write(item, out));
    out.push(0x65);
  }
}

function writeNumber(value: number, out: number[]): void {
  if (Number.isInteger(value) && Math.abs(value) < 2 ** 31) {
    out.push(0x4a, ...little(value, 4));
  } else if (Number.isSafeInteger(value)) {
    const bytes = new Uint8Array(new BigInt64Array([BigInt(value)]).buffer);
    out.push(0x8a, 8, ...bytes);
  } else {
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setFloat64(0, value);
    out.push(0x47, ...bytes);
  }
}

function writeTuple(items: readonly Pickled[], out: number[]): void {
  out.push(0x28);
  items.forEach((item) => write(item, out));
  out.push(0x74);
}

/** `name` is module and name with a dot before the last. */
function writeGlobal(name: string, out: number[]): void {
  const dot = name.lastIndexOf('.');
  const text = `${name.slice(0, dot)}\n${name.slice(dot + 1)}\n`;
  out.push(0x63, ...new TextEncoder().encode(text));
}

function little(value: number, lengthBytes: number): number[] {
  return Array.from({ length: lengthBytes }, (_, index) => (value >> (8 * index)) & 0xff);
}
