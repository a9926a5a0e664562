/** The directories of a TIFF (TIFF 6.0, section 2) and of a BigTIFF, little-endian. */

export type TiffPage = {
  readonly width: number;
  readonly height: number;
  readonly bits: 8 | 16;
  /** Length of its pixels, deflated (compression 8, Adobe's supplement 2), in one strip. */
  readonly stripBytes: number;
  /** ASCII; null for none. */
  readonly text: string | null;
  readonly isBig: boolean;
};

const SHORT = 3;
const LONG = 4;
const ASCII = 2;
const LONG8 = 16;
const DEFLATE = 8;
const BLACK_IS_ZERO = 1;

type Entry = readonly [tag: number, type: number, value: number | string];

/** Directories begin at even places (TIFF 6.0, page 13), so what lies before them is filled up. */
export function evenLength(length: number): number {
  return length + (length & 1);
}

/** The head of the file, which says where the first directory is: behind the first page's pixels. */
export function tiffStart(isBig: boolean): {
  headLength: number;
  head: (firstStripBytes: number) => Uint8Array<ArrayBuffer>;
} {
  const headLength = isBig ? 16 : 8;
  return {
    headLength,
    head: (firstStripBytes) => {
      const bytes = new Uint8Array(headLength);
      const view = new DataView(bytes.buffer);
      bytes.set([0x49, 0x49]);
      view.setUint16(2, isBig ? 43 : 42, true);
      if (isBig) {
        view.setUint16(4, 8, true);
        view.setBigUint64(8, BigInt(headLength + evenLength(firstStripBytes)), true);
      } else {
        view.setUint32(4, headLength + evenLength(firstStripBytes), true);
      }
      return bytes;
    },
  };
}

function entriesOf(page: TiffPage, stripOffset: number): Entry[] {
  const place = page.isBig ? LONG8 : LONG;
  const entries: Entry[] = [
    [256, LONG, page.width],
    [257, LONG, page.height],
    [258, SHORT, page.bits],
    [259, SHORT, DEFLATE],
    [262, SHORT, BLACK_IS_ZERO],
    ...(page.text === null ? [] : ([[270, ASCII, `${page.text}\0`]] as const)),
    [273, place, stripOffset],
    [277, SHORT, 1],
    [278, LONG, page.height],
    [279, place, page.stripBytes],
    [339, SHORT, 1],
  ];
  return entries;
}

/**
 * The directory behind a page's pixels, which begin at `stripOffset`; `nextDirectory` is 0 for the last. Its text follows
 * it. The length depends on neither offset.
 */
export function tiffDirectory(
  page: TiffPage,
  stripOffset: number,
  nextDirectory: number,
): Uint8Array<ArrayBuffer> {
  const { isBig } = page;
  const entries = entriesOf(page, stripOffset);
  const [countBytes, entryBytes, placeBytes] = isBig ? [8, 20, 8] : [2, 12, 4];
  const length = countBytes + entries.length * entryBytes + placeBytes;
  const text = page.text === null ? '' : `${page.text}\0`;
  const bytes = new Uint8Array(evenLength(length + text.length));
  const view = new DataView(bytes.buffer);
  const putPlace = (at: number, value: number): void =>
    isBig ? view.setBigUint64(at, BigInt(value), true) : view.setUint32(at, value, true);
  if (isBig) {
    view.setBigUint64(0, BigInt(entries.length), true);
  } else {
    view.setUint16(0, entries.length, true);
  }
  entries.forEach(([tag, type, value], index) => {
    const at = countBytes + index * entryBytes;
    const valueAt = at + (isBig ? 12 : 8);
    view.setUint16(at, tag, true);
    view.setUint16(at + 2, type, true);
    putPlace(at + 4, typeof value === 'string' ? value.length : 1);
    if (typeof value === 'string') {
      putPlace(valueAt, stripOffset + evenLength(page.stripBytes) + length);
    } else if (type === SHORT) {
      view.setUint16(valueAt, value, true);
    } else if (type === LONG8) {
      view.setBigUint64(valueAt, BigInt(value), true);
    } else {
      view.setUint32(valueAt, value, true);
    }
  });
  putPlace(length - placeBytes, nextDirectory);
  bytes.set(new TextEncoder().encode(text), length);
  return bytes;
}
