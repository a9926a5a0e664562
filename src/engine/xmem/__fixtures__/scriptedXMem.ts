/** A film of coloured tiles, and a network that sees nothing but the colour of each cell: XMem with known answers. */
import { objectId } from '../../../core/base/ids';
import { decodeRle, encodeRle, type Rle } from '../../../core/mask/rle';
import type { PropagatedFrame, PropagationRequest } from '../../../core/segment/segmentation';
import type { ShelfModel } from '../../models/shelfModel';
import type { RgbaPicture } from '../../sam/preprocess';
import type { XMemConfig } from '../config';
import { CELL_PX, type WorkGeometry } from '../workGeometry';
import { nearestColumns } from '../memoryRead';
import type { XMemOptions } from '../options';
import { XMemPropagator } from '../xmemPropagator';
import type { Planes, XMemNetwork, XMemView } from '../xmemNetwork';

export const filmColumns = 8;
export const filmRows = 2;

export const redId = objectId(1);
export const greenId = objectId(2);

/** Colours are one number: the grey value of a tile. */
export const ground = 20;
export const red = 220;
export const green = 120;

/** The grey value of each tile of a frame, row by row. */
export type Film = (frameIndex: number) => readonly number[];

/** Tiles of two labels on the ground: the red one wanders right, the green one left, one tile a frame, and back. */
export function wandering(frameIndex: number): number[] {
  const tiles = Array.from({ length: filmColumns * filmRows }, () => ground);
  const step = frameIndex % (2 * (filmColumns - 1));
  const column = step < filmColumns ? step : 2 * (filmColumns - 1) - step;
  tiles[column] = red;
  tiles[filmColumns + filmColumns - 1 - column] = green;
  return tiles;
}

/** Where the film has a colour on a frame. */
export function maskOfColour(film: Film, frameIndex: number, colour: number): Rle {
  const tiles = film(frameIndex);
  const width = filmColumns * CELL_PX;
  const height = filmRows * CELL_PX;
  const data = new Uint8Array(width * height).map((_, pixel) =>
    tiles[tileOf(pixel, width)] === colour ? 1 : 0,
  );
  return encodeRle({ width, height, data });
}

export const nowhere: Rle = maskOfColour(() => [], 0, red);

function tileOf(pixel: number, width: number): number {
  return Math.floor(pixel / width / CELL_PX) * filmColumns + Math.floor((pixel % width) / CELL_PX);
}

function pictureOf(film: Film, frameIndex: number): RgbaPicture {
  const tiles = film(frameIndex);
  const width = filmColumns * CELL_PX;
  const height = filmRows * CELL_PX;
  const data = new Uint8ClampedArray(width * height * 4);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    data.fill(tiles[tileOf(pixel, width)]!, pixel * 4, pixel * 4 + 4);
  }
  return { width, height, data };
}

const config: XMemConfig = {
  keyDim: 1,
  valueDim: 1,
  hiddenDim: 1,
  mean: [0, 0, 0],
  std: [1, 1, 1],
  topK: 4,
  memoryEvery: 2,
  maxWorkingFrames: 5,
  minWorkingFrames: 3,
  prototypes: 6,
  maxLongTermElements: 30,
};

/** Colours far apart have nothing in common. */
const SHARPNESS = 1e4;

/** A cell's key is its colour, its value the share of the mask in it; a label is drawn where its value is over 1/2. */
export class ScriptedNetwork implements XMemNetwork {
  /** Calls so far. */
  looks = 0;
  remembers = 0;
  decodes = 0;
  /** 2: each work runs twice, as when the device is lost after it. */
  readonly #runs: 1 | 2;

  constructor(runs: 1 | 2 = 1) {
    this.#runs = runs;
  }

  async look<T>(
    image: Float32Array,
    geometry: WorkGeometry,
    _signal: AbortSignal,
    work: (view: XMemView) => Promise<T>,
  ): Promise<T> {
    this.looks += 1;
    const view = this.#view(image, geometry);
    if (this.#runs === 2) {
      await work(view);
    }
    return work(view);
  }

  #view(image: Float32Array, geometry: WorkGeometry): XMemView {
    const cells = geometry.columns * geometry.rows;
    return {
      keys: cellMeans(image, geometry),
      shrinkage: new Float32Array(cells).fill(SHARPNESS),
      selection: new Float32Array(cells).fill(1),
      encodeMs: 0,
      search: async (...request) => nearestColumns(...request),
      decode: async ({ count, readout, hidden, wantsHidden }) => {
        this.decodes += 1;
        const { width, height } = geometry.padded;
        const logits = new Float32Array(count * width * height);
        for (let at = 0; at < logits.length; at += 1) {
          const object = Math.floor(at / (width * height));
          const pixel = at % (width * height);
          const cell =
            Math.floor(pixel / width / CELL_PX) * geometry.columns + Math.floor((pixel % width) / CELL_PX);
          logits[at] = (readout[object * cells + cell]! - 0.5) * 12;
        }
        return { logits, hidden: wantsHidden ? hidden : null, runMs: 0 };
      },
      remember: async ({ count, masks, hidden }) => {
        this.remembers += 1;
        const size = geometry.padded.width * geometry.padded.height;
        const values = Array.from({ length: count }, (_, index) =>
          cellMeans(masks.subarray(index * size, (index + 1) * size) as Planes, geometry),
        );
        return { values, hidden, runMs: 0 };
      },
    };
  }
}

/** The mean of a plane of the padded size in each cell. */
function cellMeans(plane: Float32Array, { padded, columns, rows }: WorkGeometry): Float32Array<ArrayBuffer> {
  const means = new Float32Array(columns * rows);
  for (let pixel = 0; pixel < padded.width * padded.height; pixel += 1) {
    const cell =
      Math.floor(pixel / padded.width / CELL_PX) * columns + Math.floor((pixel % padded.width) / CELL_PX);
    means[cell] = means[cell]! + plane[pixel]! / (CELL_PX * CELL_PX);
  }
  return means;
}

/** What a request says beside its film. */
export type Script = Pick<PropagationRequest, 'startFrame' | 'endFrame'> &
  Partial<Pick<PropagationRequest, 'startMasks' | 'annotated' | 'conditioning' | 'ignored'>>;

export function scriptedRequest(script: Script): PropagationRequest {
  return {
    engine: 'xmem',
    labels: [redId, greenId].map((id) => ({ objectId: id, role: 'object' as const })),
    startMasks: [],
    annotated: [],
    conditioning: [],
    ...script,
  };
}

export function scriptedPropagator(
  film: Film,
  network: XMemNetwork,
  options: Partial<XMemOptions> = {},
): { propagator: XMemPropagator; pictures: number[] } {
  const pictures: number[] = [];
  const frames = {
    picture: async (frameIndex: number) => {
      pictures.push(frameIndex);
      return pictureOf(film, frameIndex);
    },
    prefetch: () => undefined,
  };
  const model = { config, use: () => Promise.reject(new Error('there are no graphs')) } as ShelfModel;
  const all = { shortSidePx: null, memoryEvery: null, permanentFrames: 4, ...options };
  return { propagator: new XMemPropagator(model, frames, all, () => network), pictures };
}

/** All frames of a run. */
export async function follow(
  film: Film,
  script: Script,
  network: XMemNetwork = new ScriptedNetwork(),
  options: Partial<XMemOptions> = {},
): Promise<PropagatedFrame[]> {
  const { propagator } = scriptedPropagator(film, network, options);
  const frames: PropagatedFrame[] = [];
  for await (const frame of propagator.propagate(scriptedRequest(script), new AbortController().signal)) {
    frames.push(frame);
  }
  return frames;
}

/** Whether a drawn mask has exactly the tiles of a colour. */
export function isColour(rle: Rle, film: Film, frameIndex: number, colour: number): boolean {
  const wanted = decodeRle(maskOfColour(film, frameIndex, colour)).data;
  return decodeRle(rle).data.every((value, pixel) => value === wanted[pixel]);
}
