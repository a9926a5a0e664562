/** The PNG writer against an independent reader. */
import { decode } from 'fast-png';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { davisPalette, paletteColour } from './davisPalette';
import { encodeIndexedPng } from './indexedPng';
import { encodeRgbaPng, encodeRgbPng } from './picturePng';
import { COLOUR_TYPE_GREY, encodePng } from './pngFile';

const mapArbitrary = fc
  .tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }))
  .chain(([width, height]) =>
    fc.record({
      width: fc.constant(width),
      height: fc.constant(height),
      data: fc.uint8Array({ minLength: width * height, maxLength: width * height }),
    }),
  );

describe('encodeIndexedPng', () => {
  it('gives back every label map, checksums included', async () => {
    await fc.assert(
      fc.asyncProperty(mapArbitrary, async (map) => {
        const decoded = decode(await encodeIndexedPng(map, davisPalette), { checkCrc: true });
        expect([decoded.width, decoded.height, decoded.depth, decoded.channels]).toEqual([
          map.width,
          map.height,
          8,
          1,
        ]);
        expect(Array.from(decoded.data)).toEqual(Array.from(map.data));
      }),
      { numRuns: 60 },
    );
  });

  it('writes the palette in order, with no transparency', async () => {
    const map = { width: 1, height: 1, data: Uint8Array.of(3) };
    const { palette, transparency } = decode(await encodeIndexedPng(map, davisPalette));
    expect(palette?.length).toBe(256);
    expect(palette?.flat()).toEqual(Array.from(davisPalette));
    expect(transparency).toBeUndefined();
  });

  it('writes a 4K map', async () => {
    const map = { width: 3840, height: 2160, data: new Uint8Array(3840 * 2160).fill(255, 1234, 99999) };
    const decoded = decode(await encodeIndexedPng(map, davisPalette));
    expect(decoded.data.length).toBe(map.data.length);
    expect(decoded.data.every((value, index) => value === map.data[index])).toBe(true);
  });

  it('refuses data of another size', async () => {
    const map = { width: 2, height: 2, data: new Uint8Array(3) };
    await expect(encodeIndexedPng(map, davisPalette)).rejects.toThrow('width * height');
  });
});

describe('encodePng', () => {
  it('gives back every grey picture, filtered or not', async () => {
    const filters = fc.constantFrom('none' as const, 'up' as const, 'paeth' as const);
    await fc.assert(
      fc.asyncProperty(mapArbitrary, filters, async (map, filter) => {
        const decoded = decode(await encodePng(map, COLOUR_TYPE_GREY, { filter }), { checkCrc: true });
        expect([decoded.width, decoded.height, decoded.depth, decoded.channels, decoded.palette]).toEqual([
          map.width,
          map.height,
          8,
          1,
          undefined,
        ]);
        expect(Array.from(decoded.data)).toEqual(Array.from(map.data));
      }),
      { numRuns: 60 },
    );
  });
});

describe('pictures', () => {
  const pictures = fc
    .record({ width: fc.integer({ min: 1, max: 30 }), height: fc.integer({ min: 1, max: 30 }) })
    .chain(({ width, height }) =>
      fc
        .array(fc.oneof(fc.nat(255), fc.constant(0)), {
          minLength: width * height * 4,
          maxLength: width * height * 4,
        })
        .map((values) => ({ width, height, data: Uint8ClampedArray.from(values) })),
    );

  it('come back with every channel of every pixel', async () => {
    await fc.assert(
      fc.asyncProperty(pictures, async (picture) => {
        const rgba = decode(await encodeRgbaPng(picture), { checkCrc: true });
        expect([rgba.width, rgba.height, rgba.channels]).toEqual([picture.width, picture.height, 4]);
        expect([...rgba.data]).toEqual([...picture.data]);
        const rgb = decode(await encodeRgbPng(picture), { checkCrc: true });
        expect(rgb.channels).toBe(3);
        expect([...rgb.data]).toEqual([...picture.data].filter((_, at) => at % 4 !== 3));
      }),
      { numRuns: 40 },
    );
  });
});

describe('davisPalette', () => {
  it('is the VOC colour map', () => {
    // The first entries as printed in the VOC development kit and stored in DAVIS's annotations.
    expect([0, 1, 2, 3, 4, 5, 6, 7, 8, 255].map(paletteColour)).toEqual([
      '#000000',
      '#800000',
      '#008000',
      '#808000',
      '#000080',
      '#800080',
      '#008080',
      '#808080',
      '#400000',
      '#e0e0c0',
    ]);
  });

  it('gives every number a colour of its own', () => {
    expect(new Set(Array.from({ length: 256 }, (_, number) => paletteColour(number))).size).toBe(256);
  });
});
