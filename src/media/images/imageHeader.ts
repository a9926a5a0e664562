/** Pixel size of a PNG or JPEG from its header alone. */

export type ImageHeader = {
  readonly format: 'png' | 'jpeg';
  readonly width: number;
  readonly height: number;
};

/**
 * Display size (EXIF orientation applied, as browsers and OpenCV do). `need-more` when the bytes end before the size;
 * `broken` when they are not a PNG or JPEG.
 */
export function readImageHeader(bytes: Uint8Array): ImageHeader | 'need-more' | 'broken' {
  if (bytes[0] === 0x89) {
    return readPngHeader(bytes);
  }
  if (bytes[0] === 0xff && bytes[1] === 0xd8) {
    return readJpegHeader(bytes);
  }
  return 'broken';
}

/** The signature, then IHDR with width and height (PNG specification, 11.2.2). */
function readPngHeader(bytes: Uint8Array): ImageHeader | 'need-more' | 'broken' {
  if (bytes.length < 24) {
    return 'need-more';
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0) !== 0x89504e47 || view.getUint32(12) !== 0x49484452) {
    return 'broken';
  }
  const width = view.getUint32(16);
  const height = view.getUint32(20);
  return width > 0 && height > 0 ? { format: 'png', width, height } : 'broken';
}

/** Segments up to the frame header SOFn, which holds the size (ITU-T T.81, B.2.2). */
function readJpegHeader(bytes: Uint8Array): ImageHeader | 'need-more' | 'broken' {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let offset = 2;
  let isTurned = false;
  while (offset + 4 <= bytes.length) {
    if (bytes[offset] !== 0xff) {
      return 'broken';
    }
    const marker = bytes[offset + 1] ?? 0;
    if (marker === 0xff) {
      offset += 1;
      continue;
    }
    const length = view.getUint16(offset + 2);
    if (isFrameHeader(marker)) {
      if (offset + 9 > bytes.length) {
        return 'need-more';
      }
      const height = view.getUint16(offset + 5);
      const width = view.getUint16(offset + 7);
      if (width === 0 || height === 0) {
        return 'broken';
      }
      return { format: 'jpeg', width: isTurned ? height : width, height: isTurned ? width : height };
    }
    if (length < 2 || marker === 0xda || marker === 0xd9) {
      return 'broken';
    }
    if (marker === 0xe1 && offset + 2 + length <= bytes.length) {
      isTurned = exifOrientation(bytes.subarray(offset + 4, offset + 2 + length)) >= 5;
    }
    offset += 2 + length;
  }
  return 'need-more';
}

function isFrameHeader(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

/** Orientation 1..8 of an EXIF segment (tag 0x0112 of the first directory); 1 when it says nothing. */
function exifOrientation(segment: Uint8Array): number {
  if (segment.length < 14 || String.fromCharCode(...segment.subarray(0, 4)) !== 'Exif') {
    return 1;
  }
  const tiff = new DataView(segment.buffer, segment.byteOffset + 6, segment.byteLength - 6);
  const isLittle = tiff.getUint16(0) === 0x4949;
  const directory = tiff.getUint32(4, isLittle);
  if (directory + 2 > tiff.byteLength) {
    return 1;
  }
  const count = tiff.getUint16(directory, isLittle);
  for (let entry = 0; entry < count; entry += 1) {
    const at = directory + 2 + entry * 12;
    if (at + 12 > tiff.byteLength) {
      return 1;
    }
    if (tiff.getUint16(at, isLittle) === 0x0112) {
      return tiff.getUint16(at + 8, isLittle);
    }
  }
  return 1;
}
