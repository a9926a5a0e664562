import { encode } from 'fast-png';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readImageHeader } from './imageHeader';

/** A JPEG up to its frame header: any segments before, then SOF with the size. */
function jpegHead(width: number, height: number, segments: number[][] = [], sof = 0xc0): Uint8Array {
  const before = segments.flatMap(([marker = 0, ...data]) => [
    0xff,
    marker,
    ((data.length + 2) >> 8) & 0xff,
    (data.length + 2) & 0xff,
    ...data,
  ]);
  const frame = [0xff, sof, 0, 11, 8, height >> 8, height & 0xff, width >> 8, width & 0xff, 1, 1, 0x11, 0];
  return Uint8Array.from([0xff, 0xd8, ...before, ...frame]);
}

/** An EXIF segment that holds nothing but the orientation. */
function exif(orientation: number, isLittle: boolean): number[] {
  const short = (value: number): number[] => (isLittle ? [value, 0] : [0, value]);
  const order = isLittle ? [0x49, 0x49, 0x2a, 0, 8, 0, 0, 0] : [0x4d, 0x4d, 0, 0x2a, 0, 0, 0, 8];
  const tag = isLittle ? [0x12, 0x01, 3, 0, 1, 0, 0, 0] : [0x01, 0x12, 0, 3, 0, 0, 0, 1];
  return [0xe1, 0x45, 0x78, 0x69, 0x66, 0, 0, ...order, ...short(1), ...tag, ...short(orientation), 0, 0];
}

describe('image header', () => {
  it('reads the size of any PNG', () => {
    const sides = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(sides, sides, (width, height) => {
        const png = encode({ width, height, data: new Uint8Array(width * height), channels: 1 });
        expect(readImageHeader(png)).toEqual({ format: 'png', width, height });
      }),
    );
  });

  it('reads the size of a JPEG behind segments of any length, baseline or progressive', () => {
    const sides = fc.integer({ min: 1, max: 65_535 });
    const segments = fc.array(
      fc.array(fc.nat(255), { maxLength: 400 }).map((data) => [0xe2, ...data]),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(sides, sides, segments, fc.constantFrom(0xc0, 0xc2), (width, height, before, sof) => {
        expect(readImageHeader(jpegHead(width, height, before, sof))).toEqual({
          format: 'jpeg',
          width,
          height,
        });
      }),
    );
  });

  it('swaps the sides of a JPEG that EXIF turns by a quarter', () => {
    for (const isLittle of [true, false]) {
      expect(readImageHeader(jpegHead(300, 200, [exif(6, isLittle)]))).toMatchObject({
        width: 200,
        height: 300,
      });
      expect(readImageHeader(jpegHead(300, 200, [exif(3, isLittle)]))).toMatchObject({
        width: 300,
        height: 200,
      });
    }
  });

  it('asks for more when the bytes end before the size', () => {
    const whole = jpegHead(300, 200, [[0xe2, ...Array.from({ length: 100 }, () => 7)]]);
    for (const length of [4, 40, whole.length - 10]) {
      expect(readImageHeader(whole.subarray(0, length))).toBe('need-more');
    }
    expect(readImageHeader(Uint8Array.of(0x89, 0x50, 0x4e, 0x47))).toBe('need-more');
  });

  it('calls anything else broken, and fails on no bytes at all', () => {
    expect(readImageHeader(new TextEncoder().encode('hello'))).toBe('broken');
    expect(readImageHeader(jpegHead(0, 200))).toBe('broken');
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const header = readImageHeader(Uint8Array.of(0xff, 0xd8, ...bytes));
        expect(typeof header === 'object' || header === 'need-more' || header === 'broken').toBe(true);
      }),
    );
  });
});
