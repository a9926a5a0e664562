/** ZIP files that say one thing in one place and another elsewhere are refused; honest ones are read, also huge ones. */
import { expect, it } from 'vitest';
import { readZipDirectory } from '../../core/checkpoint/zipDirectory';
import { writeZip } from './__fixtures__/writeZip';
import { bytesSource, type ByteSource } from './byteSource';
import { OpenParts } from './openParts';
import { runPlan } from './runPlan';

const first = Uint8Array.from({ length: 10 }, (_, index) => index + 1);
const second = new Uint8Array(20).fill(9);

type Places = { readonly local: number[]; readonly central: number[]; readonly end: number };

/** Where the headers of two entries lie, and the record at the end. */
function placesIn(bytes: Uint8Array): Places {
  const found = (signature: number): number[] =>
    [...bytes.keys()].filter(
      (at) => at + 4 <= bytes.length && new DataView(bytes.buffer).getUint32(at, true) === signature,
    );
  return { local: found(0x04034b50), central: found(0x02014b50), end: found(0x06054b50).at(-1)! };
}

function twoEntries(names: readonly [string, string] = ['a', 'b']): Uint8Array<ArrayBuffer> {
  return writeZip([
    { name: names[0], bytes: first },
    { name: names[1], bytes: second },
  ]);
}

/** All bytes of all entries. */
async function readAll(source: ByteSource): Promise<number[][]> {
  const entries = await runPlan(source, readZipDirectory(source.sizeBytes));
  const parts = new OpenParts(source);
  const read: number[][] = [];
  for (const entry of entries.values()) {
    const reader = await parts.open({ kind: 'zipEntry', entry });
    read.push([...(await reader.read(0, entry.sizeBytes))]);
  }
  return read;
}

it.each<[string, (view: DataView, places: Places) => void, RegExp]>([
  ['an encrypted entry', (view, { central }) => view.setUint16(central[0]! + 8, 1, true), /encrypted/],
  ['an unknown method', (view, { central }) => view.setUint16(central[0]! + 10, 12, true), /method 12/],
  [
    'stored bytes that grow',
    (view, { central }) => view.setUint32(central[0]! + 24, 12, true),
    /grows from 10 to 12/,
  ],
  [
    'two headers in one place',
    (view, { central }) => view.setUint32(central[1]! + 42, 4, true),
    /"a" lies over another/,
  ],
  [
    'an entry that its header moves over the next one',
    (view, { local }) => view.setUint16(local[0]! + 28, 1, true),
    /"a" lies over another/,
  ],
  [
    'an entry without a header',
    (view, { local }) => view.setUint32(local[0]!, 0x04034b51, true),
    /"a" does not begin where it should/,
  ],
  [
    'an entry of another name in its header',
    (view, { local }) => view.setUint8(local[0]! + 30, 0x7a),
    /"a" calls itself "z"/,
  ],
  [
    'a huge table of contents',
    (view, { end }) => view.setUint32(end + 12, 20_000_000, true),
    /it lists 2 entries/,
  ],
  ['too many entries', (view, { end }) => view.setUint16(end + 10, 3, true), /contents is (cut off|damaged)/],
  [
    'a table of contents elsewhere',
    (view, { end }) => view.setUint32(end + 16, 0, true),
    /contents is damaged/,
  ],
])('refuses %s', async (_, change, reason) => {
  const bytes = twoEntries();
  expect(await readAll(bytesSource(bytes))).toEqual([[...first], [...second]]);
  change(new DataView(bytes.buffer), placesIn(bytes));
  await expect(readAll(bytesSource(bytes))).rejects.toThrow(reason);
});

it.each(['/a', 'C:a', 'x\\a', 'x/./a', '../a', 'a\0b'])('refuses the name %j', async (name) => {
  await expect(readAll(bytesSource(twoEntries([name, 'b'])))).rejects.toThrow(/leads out of the file/);
});

it('takes the last record that ends the file, whatever a comment says', async () => {
  const { end } = placesIn(twoEntries());
  const decoy = String.fromCharCode(...twoEntries().subarray(end));
  const bytes = writeZip([{ name: 'a', bytes: first }], { comment: `${decoy.slice(0, 20)}\0\0 and more` });
  expect(await readAll(bytesSource(bytes))).toEqual([[...first]]);
});

it('reads entries that lie beyond 4 GB', async () => {
  const before = 5 * 2 ** 30;
  const bytes = writeZip([{ name: 'a', bytes: first }], { zip64: true });
  const view = new DataView(bytes.buffer);
  const { central, end } = placesIn(bytes);
  const move = (at: number): void =>
    view.setBigUint64(at, view.getBigUint64(at, true) + BigInt(before), true);
  const locator = end - 20;
  const end64 = Number(view.getBigUint64(locator + 8, true));
  // Of the entry, of the table of contents, and of the record that says where that is.
  [central[0]! + 46 + 1 + 4 + 16, end64 + 48, locator + 8].forEach(move);
  const source: ByteSource = {
    name: 'huge.pt',
    sizeBytes: before + bytes.length,
    read: async (offset, length) =>
      Uint8Array.from({ length }, (_, index) => bytes[offset + index - before] ?? 0),
  };
  expect(await readAll(source)).toEqual([[...first]]);
});
