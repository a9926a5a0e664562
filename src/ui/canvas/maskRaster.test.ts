import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeRle, encodeRle, rleBox } from '../../core/mask/rle';
import {
  colourWord,
  createMaskRaster,
  maskStyleAtScale,
  MAX_OUTLINE_PX,
  rasteriseMasks,
  reducedStyle,
  type MaskPicture,
  type PaintedMask,
} from './maskRaster';

const WIDTH = 23;
const HEIGHT = 17;

function maskOf(isInside: (x: number, y: number) => boolean, colour: string, isHatched = false): PaintedMask {
  const data = Uint8Array.from({ length: WIDTH * HEIGHT }, (_, index) =>
    isInside(index % WIDTH, Math.floor(index / WIDTH)) ? 1 : 0,
  );
  const rle = encodeRle({ width: WIDTH, height: HEIGHT, data });
  return { rle, box: rleBox(rle), colour, isHatched };
}

function pictureOf(masks: readonly PaintedMask[], change: Partial<MaskPicture> = {}): MaskPicture {
  return { masks, fillAlpha: 0.45, outlinePx: 1, hatchPx: 8, ...change };
}

/** What every pixel should be, found pixel by pixel from decoded masks. */
function expectedPixels({
  masks,
  fillAlpha,
  outlinePx,
  hatchPx,
  isDashed,
  backdrop,
}: MaskPicture): Uint32Array {
  const owner = new Int32Array(WIDTH * HEIGHT).fill(-1);
  masks.forEach((mask, place) => {
    decodeRle(mask.rle).data.forEach((value, index) => {
      owner[index] = value ? place : (owner[index] ?? -1);
    });
  });
  const at = (x: number, y: number): number =>
    x < 0 || y < 0 || x >= WIDTH || y >= HEIGHT ? -1 : (owner[y * WIDTH + x] ?? -1);
  return Uint32Array.from({ length: WIDTH * HEIGHT }, (_, index) => {
    const [x, y] = [index % WIDTH, Math.floor(index / WIDTH)];
    const mine = at(x, y);
    const mask = masks[mine];
    if (!mask) {
      return backdrop ? colourWord(backdrop, 1) : 0;
    }
    if (isDashed && ((x + y) % hatchPx) * 2 >= hatchPx) {
      return 0;
    }
    const near = Array.from({ length: outlinePx }, (_unused, step) => step + 1).flatMap((step) => [
      at(x - step, y),
      at(x + step, y),
      at(x, y - step),
      at(x, y + step),
    ]);
    const isEdge = near.some((other) => other !== mine);
    const isGap = mask.isHatched && ((x + y) % hatchPx) * 2 >= hatchPx;
    return colourWord(mask.colour, isEdge ? 1 : fillAlpha * (isGap ? 0.3 : 1));
  });
}

const blob = fc
  .record({
    x: fc.integer({ min: -4, max: WIDTH + 4 }),
    y: fc.integer({ min: -4, max: HEIGHT + 4 }),
    radius: fc.integer({ min: 0, max: 14 }),
    colour: fc.constantFrom('#e69f00', '#56b4e9', '#009e73'),
    isHatched: fc.boolean(),
  })
  .map(({ x, y, radius, colour, isHatched }) =>
    maskOf((px, py) => Math.hypot(px - x, py - y) < radius, colour, isHatched),
  );

describe('rasteriseMasks', () => {
  it('paints every picture of a sequence as if it were the first', () => {
    const pictures = fc.record({
      masks: fc.array(blob, { maxLength: 4 }),
      outlinePx: fc.integer({ min: 0, max: MAX_OUTLINE_PX }),
      look: fc.constantFrom({}, { isDashed: true }, { backdrop: '#000000' }, { backdrop: '#123456' }),
    });
    fc.assert(
      fc.property(fc.array(pictures, { minLength: 1, maxLength: 5 }), (sequence) => {
        const raster = createMaskRaster(WIDTH, HEIGHT);
        for (const { masks, outlinePx, look } of sequence) {
          const picture = pictureOf(masks, { outlinePx, ...look });
          rasteriseMasks(raster, picture);
          expect(raster.pixels).toEqual(expectedPixels(picture));
        }
      }),
    );
  });

  it('tells which pixels may have changed, and none when none did', () => {
    const raster = createMaskRaster(WIDTH, HEIGHT);
    const left = maskOf((x, y) => x < 3 && y < 4, '#e69f00');
    const right = maskOf((x, y) => x >= 20 && y >= 15, '#e69f00');
    expect(rasteriseMasks(raster, pictureOf([]))).toBeNull();
    expect(rasteriseMasks(raster, pictureOf([left]))).toEqual([0, 0, 3, 4]);
    expect(rasteriseMasks(raster, pictureOf([right]))).toEqual([0, 0, 23, 17]);
    expect(rasteriseMasks(raster, pictureOf([]))).toEqual([20, 15, 23, 17]);
    expect(raster.pixels.every((pixel) => pixel === 0)).toBe(true);
  });

  it('thickens the outline inward', () => {
    const raster = createMaskRaster(WIDTH, HEIGHT);
    const square = maskOf((x, y) => x >= 2 && x < 18 && y >= 2 && y < 15, '#e69f00');
    for (const outlinePx of [1, 2, 3, 4, 5, MAX_OUTLINE_PX]) {
      rasteriseMasks(raster, pictureOf([square], { outlinePx }));
      const row = Array.from(raster.pixels.subarray(8 * WIDTH, 9 * WIDTH));
      const opaque = row.map((pixel) => pixel === colourWord('#e69f00', 1));
      expect(opaque.slice(0, 10)).toEqual(Array.from({ length: 10 }, (_, x) => x >= 2 && x < 2 + outlinePx));
    }
  });

  it('hatches each its own way', () => {
    const whole = maskOf(() => true, '#e69f00', true);
    const linesOf = (hatch: PaintedMask['hatch']): string => {
      const raster = createMaskRaster(WIDTH, HEIGHT);
      rasteriseMasks(raster, pictureOf([{ ...whole, hatch }], { outlinePx: 0 }));
      const line = colourWord('#e69f00', 0.45);
      return [8, 9]
        .map((y) =>
          Array.from(raster.pixels.subarray(y * WIDTH, y * WIDTH + 8))
            .map((pixel) => (pixel === line ? '#' : '.'))
            .join(''),
        )
        .join(' ');
    };
    expect(linesOf('rising')).toBe('####.... ###....#');
    expect(linesOf('falling')).toBe('####.... .####...');
    expect(linesOf('crossed')).toBe('##...... ###....#');
  });

  it('leaves masks of another size out', () => {
    const raster = createMaskRaster(WIDTH + 1, HEIGHT);
    expect(rasteriseMasks(raster, pictureOf([maskOf(() => true, '#e69f00')]))).toBeNull();
  });
});

describe('maskStyleAtScale', () => {
  it('keeps the outline between one and three stage pixels as long as a source pixel is smaller', () => {
    for (const scale of [0.25, 0.3, 0.5, 0.75, 1, 1.5]) {
      const onStage = maskStyleAtScale(scale).outlinePx * scale;
      expect(onStage).toBeGreaterThanOrEqual(1);
      expect(onStage).toBeLessThanOrEqual(3);
    }
    expect(maskStyleAtScale(8).outlinePx).toBe(1);
  });
});

describe('a raster smaller than the masks', () => {
  const sizes = fc.record({
    width: fc.integer({ min: 1, max: WIDTH }),
    height: fc.integer({ min: 1, max: HEIGHT }),
  });

  it('shows at each pixel the mask that lies in its middle', () => {
    fc.assert(
      fc.property(fc.array(blob, { maxLength: 4 }), sizes, (blobs, { width, height }) => {
        const masks = blobs.map((mask) => ({ ...mask, isHatched: false }));
        const raster = createMaskRaster(width, height, { source: { width: WIDTH, height: HEIGHT } });
        rasteriseMasks(raster, pictureOf([maskOf(() => true, '#123456')]));
        rasteriseMasks(raster, pictureOf(masks, { fillAlpha: 1, outlinePx: 0 }));
        const expected = Array.from({ length: width * height }, (_, index) => {
          const x = Math.floor(((2 * (index % width) + 1) * WIDTH) / (2 * width));
          const y = Math.floor(((2 * Math.floor(index / width) + 1) * HEIGHT) / (2 * height));
          const top = masks.findLast(({ rle }) => decodeRle(rle).data[y * WIDTH + x] === 1);
          return top ? colourWord(top.colour, 1) : 0;
        });
        expect([...raster.pixels]).toEqual(expected);
      }),
    );
  });

  it('has outlines and hatching about as wide as they are seen', () => {
    const raster = createMaskRaster(744, 418, { source: { width: 1920, height: 1080 } });
    expect(reducedStyle(maskStyleAtScale(744 / 1920), raster)).toEqual({ outlinePx: 2, hatchPx: 12 });
    const whole = createMaskRaster(744, 418);
    expect(reducedStyle(maskStyleAtScale(1), whole)).toEqual(maskStyleAtScale(1));
  });
});
