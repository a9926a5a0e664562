/** Masks of one frame as RGBA pixels: translucent fill, crisp outline, hatching for all that is not an object. */
import type { Box, Size } from '../../core/geometry/box';
import { forEachSpan, type Rle } from '../../core/mask/rle';

export type PaintedMask = {
  readonly rle: Rle;
  /** Tight box of the mask; null when it is empty. */
  readonly box: Box | null;
  /** CSS hex colour, `#rrggbb`. */
  readonly colour: string;
  readonly isHatched: boolean;
  /** How it is hatched: rising lines (the default), falling ones, or both. */
  readonly hatch?: Hatch;
};

export const hatches = ['rising', 'falling', 'crossed'] as const;

export type Hatch = (typeof hatches)[number];

export type MaskPicture = {
  /** Bottom first. */
  readonly masks: readonly PaintedMask[];
  /** Alpha of the fill, 0..1; outlines are opaque. */
  readonly fillAlpha: number;
  /** Thickness of the outline in source pixels, 0 (none)..MAX_OUTLINE_PX. It lies inside the mask. */
  readonly outlinePx: number;
  /** Period of the hatching, and of dashes, in source pixels; even. */
  readonly hatchPx: number;
  /** Whether outlines are dashed. */
  readonly isDashed?: boolean;
  /** CSS hex colour of every pixel that no mask has; the picture shows through where it is left out. */
  readonly backdrop?: string;
};

export const MAX_OUTLINE_PX = 6;
const MAX_MASKS = 255;
const GAP_SHARE = 0.3;

/** Buffers reused from picture to picture. */
export type MaskRaster = {
  readonly width: number;
  readonly height: number;
  /** Size of the masks: this raster's own, or larger; each pixel then shows the one of the masks in its middle. */
  readonly source: Size;
  /** Row-major pixels, one word each: alpha, blue, green, red from the highest byte (RGBA in memory). */
  readonly pixels: Uint32Array;
  /** Which mask owns each pixel (1-based, 0 none), with a border of MAX_OUTLINE_PX so neighbours always exist. */
  readonly owner: Uint8Array;
  /** The same, four pixels at a time: rows are as many bytes apart as a multiple of four. */
  readonly ownerWords: Uint32Array;
  readonly ownerStride: number;
  /** What the last picture covered. */
  painted: Box | null;
  /** What the last picture had where no mask is; 0 for nothing. */
  backdrop: number;
};

export function createMaskRaster(
  width: number,
  height: number,
  { buffer, source = { width, height } }: { readonly buffer?: ArrayBuffer; readonly source?: Size } = {},
): MaskRaster {
  const ownerStride = Math.ceil((width + 2 * MAX_OUTLINE_PX) / 4) * 4;
  const owner = new Uint8Array(ownerStride * (height + 2 * MAX_OUTLINE_PX));
  return {
    width,
    height,
    source: { width: source.width, height: source.height },
    pixels: buffer ? new Uint32Array(buffer) : new Uint32Array(width * height),
    owner,
    ownerWords: new Uint32Array(owner.buffer),
    ownerStride,
    painted: null,
    backdrop: 0,
  };
}

/**
 * Rasterises a picture, touching only what this one and the last one cover.
 * @returns the box of pixels that may have changed; null when none did
 */
export function rasteriseMasks(raster: MaskRaster, picture: MaskPicture): Box | null {
  const { source } = raster;
  const masks = picture.masks
    .filter(({ rle, box }) => box && rle.size[0] === source.height && rle.size[1] === source.width)
    .slice(0, MAX_MASKS);
  const covered = masks.reduce<Box | null>(
    (union, mask) => unionBox(union, rasterBox(raster, mask.box)),
    null,
  );
  const backdrop = picture.backdrop ? colourWord(picture.backdrop, 1) : 0;
  const whole: Box = [0, 0, raster.width, raster.height];
  const touched = backdrop === raster.backdrop ? unionBox(covered, raster.painted) : whole;
  raster.painted = covered;
  raster.backdrop = backdrop;
  if (touched) {
    paintOwners(raster, masks, touched);
    paintPixels(raster, palette(masks, picture), picture, touched);
  }
  return touched;
}

function unionBox(a: Box | null, b: Box | null): Box | null {
  if (!a || !b) {
    return a ?? b;
  }
  return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];
}

function ownerIndex(raster: MaskRaster, x: number, y: number): number {
  return (y + MAX_OUTLINE_PX) * raster.ownerStride + x + MAX_OUTLINE_PX;
}

function paintOwners(raster: MaskRaster, masks: readonly PaintedMask[], touched: Box): void {
  const { owner, ownerStride } = raster;
  const [x0, y0, x1, y1] = touched;
  for (let y = y0; y < y1; y += 1) {
    const start = ownerIndex(raster, x0, y);
    owner.fill(0, start, start + x1 - x0);
  }
  const columns = rasterColumns(raster);
  masks.forEach((mask, place) => {
    forEachSpan(mask.rle, (sourceX, top, bottom) => {
      const x = columns ? columns[sourceX]! : sourceX;
      if (x < 0) {
        return;
      }
      const end = ownerIndex(raster, x, firstRowInside(raster, bottom));
      for (
        let index = ownerIndex(raster, x, firstRowInside(raster, top));
        index < end;
        index += ownerStride
      ) {
        owner[index] = place + 1;
      }
    });
  });
}

/** The first row of the raster whose middle is at or below the upper edge of a row of the masks. */
function firstRowInside({ height, source }: MaskRaster, sourceY: number): number {
  // Whole numbers until the division: middles often fall upon edges.
  return Math.ceil((2 * sourceY * height - source.height) / (2 * source.height));
}

/** For each column of the masks the one of the raster that shows it, or -1; null where they are the same. */
function rasterColumns({ width, source }: MaskRaster): Int32Array | null {
  if (width === source.width) {
    return null;
  }
  const columns = new Int32Array(source.width).fill(-1);
  for (let x = 0; x < width; x += 1) {
    columns[Math.floor(((2 * x + 1) * source.width) / (2 * width))] = x;
  }
  return columns;
}

/** Holds whatever the raster shows of a box of the masks. */
function rasterBox({ width, height, source }: MaskRaster, box: Box | null): Box | null {
  const [perX, perY] = [width / source.width, height / source.height];
  return (
    box && [
      Math.floor(box[0] * perX),
      Math.floor(box[1] * perY),
      Math.ceil(box[2] * perX),
      Math.ceil(box[3] * perY),
    ]
  );
}

type Palette = {
  readonly outline: Uint32Array;
  readonly fill: Uint32Array;
  readonly gap: Uint32Array;
  /** Places in `hatches`. */
  readonly hatch: Uint8Array;
};

function palette(masks: readonly PaintedMask[], picture: MaskPicture): Palette {
  const outline = new Uint32Array(MAX_MASKS + 1);
  const fill = new Uint32Array(MAX_MASKS + 1);
  const gap = new Uint32Array(MAX_MASKS + 1);
  const hatch = new Uint8Array(MAX_MASKS + 1);
  fill[0] = picture.backdrop ? colourWord(picture.backdrop, 1) : 0;
  masks.forEach((mask, place) => {
    outline[place + 1] = colourWord(mask.colour, 1);
    fill[place + 1] = colourWord(mask.colour, picture.fillAlpha);
    gap[place + 1] = colourWord(mask.colour, picture.fillAlpha * (mask.isHatched ? GAP_SHARE : 1));
    hatch[place + 1] = hatches.indexOf(mask.hatch ?? 'rising');
  });
  return { outline, fill, gap, hatch };
}

/** `#rrggbb` and an alpha of 0..1 as one pixel word (little-endian RGBA). */
export function colourWord(colour: string, alpha: number): number {
  const rgb = Number.parseInt(colour.slice(1), 16);
  const red = (rgb >> 16) & 255;
  const green = (rgb >> 8) & 255;
  const blue = rgb & 255;
  return ((Math.round(alpha * 255) << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}

function paintPixels(raster: MaskRaster, colours: Palette, picture: MaskPicture, touched: Box): void {
  const [x0, y0, x1, y1] = touched;
  const reach = Math.min(Math.max(Math.round(picture.outlinePx), 0), MAX_OUTLINE_PX);
  for (let y = y0; y < y1; y += 1) {
    paintRow(raster, colours, { x0, x1, y, reach, hatchPx: picture.hatchPx });
  }
  // One row past the box, for the lower edges; the border around the owners makes that row exist.
  for (let y = y0; reach > 0 && y <= y1; y += 1) {
    outlineBetweenRows(raster, colours.outline, { x0, x1, y, reach });
  }
  if (picture.isDashed) {
    paintGaps(raster, picture.hatchPx, touched);
  }
}

/** Makes dashes of outlines: takes away every other stripe of what was painted. */
function paintGaps({ pixels, width }: MaskRaster, periodPx: number, [x0, y0, x1, y1]: Box): void {
  for (let y = y0; y < y1; y += 1) {
    for (let x = x0; x < x1; x += 1) {
      if (((x + y) % periodPx) * 2 >= periodPx) {
        pixels[y * width + x] = 0;
      }
    }
  }
}

type Row = { readonly x0: number; readonly x1: number; readonly y: number; readonly reach: number };

function isOnLine(hatch: Hatch, x: number, y: number, periodPx: number): boolean {
  const rising = (x + y) % periodPx;
  if (hatch === 'rising') {
    return rising * 2 < periodPx;
  }
  const falling = (((x - y) % periodPx) + periodPx) % periodPx;
  return hatch === 'falling' ? falling * 2 < periodPx : rising * 4 < periodPx || falling * 4 < periodPx;
}

/** Fills the runs of equal owner in a row and outlines their ends. */
function paintRow(raster: MaskRaster, colours: Palette, row: Row & { readonly hatchPx: number }): void {
  const { owner, pixels, width } = raster;
  const { x0, x1, y, reach } = row;
  const base = ownerIndex(raster, 0, y);
  const target = y * width;
  let from = x0;
  while (from < x1) {
    const id = owner[base + from] ?? 0;
    let to = from + 1;
    while (to < x1 && owner[base + to] === id) {
      to += 1;
    }
    const fill = colours.fill[id] ?? 0;
    pixels.fill(fill, target + from, target + to);
    if (id !== 0) {
      const gap = colours.gap[id] ?? 0;
      const hatch = hatches[colours.hatch[id] ?? 0]!;
      for (let x = from; gap !== fill && x < to; x += 1) {
        pixels[target + x] = isOnLine(hatch, x, y, row.hatchPx) ? fill : gap;
      }
      const outline = colours.outline[id] ?? 0;
      pixels.fill(outline, target + from, target + Math.min(from + reach, to));
      pixels.fill(outline, target + Math.max(to - reach, from), target + to);
    }
    from = to;
  }
}

/** Outlines, on both sides, where the owner changes between row y - 1 and row y. */
function outlineBetweenRows(raster: MaskRaster, outline: Uint32Array, { x0, x1, y, reach }: Row): void {
  const { owner, ownerWords, ownerStride, pixels, width } = raster;
  const below = ownerIndex(raster, 0, y);
  const above = below - ownerStride;
  for (let x = x0; x < x1; x += 1) {
    if (((below + x) & 3) === 0 && ownerWords[(below + x) >> 2] === ownerWords[(above + x) >> 2]) {
      // Four pixels of one owner each above and below; what lies beyond the row is nobody's.
      x += 3;
      continue;
    }
    const upper = owner[above + x] ?? 0;
    const lower = owner[below + x] ?? 0;
    if (upper !== lower) {
      for (let step = 0; lower !== 0 && step < reach; step += 1) {
        if (owner[below + x + step * ownerStride] !== lower) {
          break;
        }
        pixels[(y + step) * width + x] = outline[lower] ?? 0;
      }
      for (let step = 0; upper !== 0 && step < reach; step += 1) {
        if (owner[above + x - step * ownerStride] !== upper) {
          break;
        }
        pixels[(y - 1 - step) * width + x] = outline[upper] ?? 0;
      }
    }
  }
}

/** Outline and hatching that look the same on the screen at any zoom, in steps so that zooming seldom repaints. */
export function maskStyleAtScale(scale: number): { outlinePx: number; hatchPx: number } {
  const outlinePx = Math.min(Math.max(Math.ceil(1.5 / scale), 1), MAX_OUTLINE_PX);
  const hatchPx = 2 ** Math.min(Math.max(Math.round(Math.log2(12 / scale)), 2), 7);
  return { outlinePx, hatchPx };
}

type MaskStyle = ReturnType<typeof maskStyleAtScale>;

/** A style for source pixels as it looks alike in the pixels of a raster. */
export function reducedStyle(style: MaskStyle, { width, source }: MaskRaster): MaskStyle {
  if (width === source.width) {
    return style;
  }
  const scale = width / source.width;
  return {
    outlinePx: Math.max(Math.round(style.outlinePx * scale), 1),
    hatchPx: Math.max(Math.round((style.hatchPx * scale) / 2) * 2, 4),
  };
}
