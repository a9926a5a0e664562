/** Colour as a cue: a model per label learned on annotated frames, and what it says of each pixel. */
import type { Size } from '../../../core/geometry/box';
import type { RgbaPicture } from '../../sam/preprocess';
import { ColourModel } from './colourModel';
import type { SoftLabels } from './softLabels';

/** RGB at work size: area means of the source's pixels, uint8[3 * width * height], interleaved. */
export type WorkPicture = Size & { readonly rgb: Uint8Array };

const MAX_SAMPLES = 6000;

export function workPictureOf(picture: RgbaPicture, work: Size): WorkPicture {
  const rgb = new Uint8Array(work.width * work.height * 3);
  const sx = picture.width / work.width;
  const sy = picture.height / work.height;
  for (let y = 0; y < work.height; y += 1) {
    const y0 = Math.floor(y * sy);
    const y1 = Math.max(y0 + 1, Math.floor((y + 1) * sy));
    for (let x = 0; x < work.width; x += 1) {
      const x0 = Math.floor(x * sx);
      const x1 = Math.max(x0 + 1, Math.floor((x + 1) * sx));
      let [r, g, b] = [0, 0, 0];
      for (let v = y0; v < y1; v += 1) {
        for (let u = x0; u < x1; u += 1) {
          const at = (v * picture.width + u) * 4;
          r += picture.data[at]!;
          g += picture.data[at + 1]!;
          b += picture.data[at + 2]!;
        }
      }
      const count = (x1 - x0) * (y1 - y0);
      const at = (y * work.width + x) * 3;
      rgb[at] = r / count;
      rgb[at + 1] = g / count;
      rgb[at + 2] = b / count;
    }
  }
  return { ...work, rgb };
}

/** Which pixels may be learned from; all when left out. */
export type PixelChoice = (pixel: number) => boolean;

/** Ignored pixels of a frame's labels are never learned from. */
export function learnColours(
  frames: readonly { readonly picture: WorkPicture; readonly labels: SoftLabels }[],
  chosen: PixelChoice = () => true,
): ColourModel {
  const planeCount = frames[0]!.labels.planes.length;
  const samples = Array.from({ length: planeCount }, (_, plane) =>
    Float32Array.from(
      frames.flatMap(({ picture, labels }) => {
        const values = labels.planes[plane]!;
        const { ignored } = labels;
        const isChosen: PixelChoice = (pixel) => !ignored?.[pixel] && chosen(pixel);
        const pixels: number[] = [];
        for (let pixel = 0; pixel < values.length; pixel += 1) {
          if (values[pixel]! > 0.9 && isChosen(pixel)) {
            pixels.push(pixel);
          }
        }
        const every = Math.max(1, pixels.length / (MAX_SAMPLES / frames.length));
        const colours: number[] = [];
        for (let at = 0; at < pixels.length; at += every) {
          const from = pixels[Math.floor(at)]! * 3;
          colours.push(picture.rgb[from]!, picture.rgb[from + 1]!, picture.rgb[from + 2]!);
        }
        addMixed(colours, pixels, picture, values, isChosen);
        return colours;
      }),
    ),
  );
  return new ColourModel(samples);
}

/** Mixed colours are made of pixels this far apart, in work pixels, across an outline. */
const MIX_REACH = 8;
const MIX_SHARES = [0.55, 0.65, 0.8];
/** Mixed samples for each plain one, at most. */
const MIX_RATIO = 0.25;

/**
 * A pixel on an outline or a thread shows a mixture of two colours and belongs to what makes up most of it. Such pixels
 * are few on the frame that is learned from and may be many later, so more are made: across the outline, this plane's
 * colour in the larger share.
 */
function addMixed(
  colours: number[],
  pixels: readonly number[],
  { width, height, rgb }: WorkPicture,
  values: Float32Array,
  chosen: PixelChoice,
): void {
  const limit = (colours.length / 3) * MIX_RATIO;
  const mixed: number[] = [];
  for (const pixel of pixels) {
    const x = pixel % width;
    const y = (pixel - x) / width;
    for (const [dx, dy] of [
      [MIX_REACH, 0],
      [-MIX_REACH, 0],
      [0, MIX_REACH],
      [0, -MIX_REACH],
    ] as const) {
      const other = (y + dy) * width + x + dx;
      const isInside = x + dx >= 0 && x + dx < width && y + dy >= 0 && y + dy < height;
      if (isInside && values[other]! < 0.1 && chosen(other)) {
        mixed.push(pixel * 3, other * 3);
      }
    }
  }
  const pairs = mixed.length / 2;
  const every = Math.max(1, (pairs * MIX_SHARES.length) / limit);
  for (let at = 0; at < pairs; at += every) {
    const pair = Math.floor(at);
    for (const share of MIX_SHARES) {
      for (let channel = 0; channel < 3; channel += 1) {
        const own = rgb[mixed[pair * 2]! + channel]!;
        colours.push(own * share + rgb[mixed[pair * 2 + 1]! + channel]! * (1 - share));
      }
    }
  }
}

const PRIOR_FLOOR = 0.02;

/** Each label's logit against all others from its prior (`labels`) and the pixel's colour. */
export function colourLogits(
  picture: WorkPicture,
  prior: SoftLabels,
  model: ColourModel,
  gamma: number,
): Float32Array<ArrayBuffer>[] {
  const planeCount = prior.planes.length;
  const logits = Array.from(
    { length: planeCount - 1 },
    () => new Float32Array(picture.width * picture.height),
  );
  const posterior = new Float64Array(planeCount);
  const { table } = model;
  for (let pixel = 0; pixel < picture.width * picture.height; pixel += 1) {
    const at = model.lookUp(
      picture.rgb[pixel * 3]!,
      picture.rgb[pixel * 3 + 1]!,
      picture.rgb[pixel * 3 + 2]!,
    );
    let highest = -Infinity;
    for (let plane = 0; plane < planeCount; plane += 1) {
      highest = Math.max(highest, table[at + plane]!);
    }
    let sum = 0;
    for (let plane = 0; plane < planeCount; plane += 1) {
      const p = (prior.planes[plane]![pixel]! * (1 - PRIOR_FLOOR) + PRIOR_FLOOR / planeCount) ** gamma;
      posterior[plane] = p * Math.exp(table[at + plane]! - highest);
      sum += posterior[plane]!;
    }
    for (let label = 0; label < planeCount - 1; label += 1) {
      const share = posterior[label + 1]! / sum;
      logits[label]![pixel] = Math.log((share + 1e-4) / (1 - share + 1e-4));
    }
  }
  return logits;
}
