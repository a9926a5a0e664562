/** XMem on the reference clip, step by step, beside what the original made of it; the same in Node and in browsers. */
import { decode } from 'fast-png';
import { objectId } from '../../../core/base/ids';
import type { BinaryMask } from '../../../core/mask/binaryMask';
import { seededWeightFile } from './seededXMem';
import { uniforms, normals } from '../../checkpoint/__fixtures__/seededWeights';
import { parseGraphManifest } from '../../models/parseGraphManifest';
import { startGraphs, type GraphSessions } from '../../models/shelfSessions';
import type { OrtContext } from '../../ort/graphSession';
import type { RgbaPicture } from '../../sam/preprocess';
import { parseXMemConfig, type XMemConfig } from '../config';
import { imageInput } from '../frameInput';
import { aggregate, sigmoid } from '../softAggregation';
import { unpad, workGeometryOf, type WorkGeometry } from '../workGeometry';
import { GraphXMemNetwork } from '../xmemNetwork';
import { XMemTracker } from '../xmemTracker';
import { absoluteError, goldenTensors, relativeError, type GoldenTensors } from './goldenFile';

/** Reads a file by its name. */
export type ReadFile = (name: string) => Promise<Uint8Array<ArrayBuffer>>;

/** All graphs on seeded weights, and a network of them. */
export type SeededXMem = {
  readonly graphs: GraphSessions;
  readonly config: XMemConfig;
  readonly network: GraphXMemNetwork;
};

/** `readModel` reads from public/models/xmem. */
export async function startSeededXMem(context: OrtContext, readModel: ReadFile): Promise<SeededXMem> {
  const text = new TextDecoder().decode(await readModel('manifest.json'));
  const manifest = parseGraphManifest(JSON.parse(text));
  const { graphs: files, weightFiles } = manifest.variants.fp32!;
  const graphs = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const [name, { file }] of Object.entries(files)) {
    graphs.set(name, await readModel(file));
  }
  const weights = [{ path: weightFiles[0]!.path, data: seededWeightFile(manifest) }];
  const sessions = await startGraphs(context, { graphs, weights }, null);
  const config = parseXMemConfig(manifest.config);
  return {
    graphs: sessions,
    config,
    network: new GraphXMemNetwork({ use: (work) => work(sessions) }, config),
  };
}

type GoldenJson = {
  readonly config: Readonly<Record<string, number>>;
  readonly frames: readonly { readonly work_elements: number; readonly long_elements: number }[];
};

export type Golden = {
  readonly read: ReadFile;
  readonly json: GoldenJson;
  readonly tensors: GoldenTensors;
};

/** `read` reads from the folder of the reference outputs. */
export async function readGolden(read: ReadFile): Promise<Golden> {
  const json = JSON.parse(new TextDecoder().decode(await read('golden.json'))) as GoldenJson;
  return { read, json, tensors: goldenTensors(await read('golden.safetensors')) };
}

async function pictureOf({ read }: Golden, frame: number): Promise<RgbaPicture> {
  const { width, height, data } = decode(await read(`frame_${String(frame).padStart(2, '0')}.png`));
  const rgba = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    rgba.set([data[pixel * 3]!, data[pixel * 3 + 1]!, data[pixel * 3 + 2]!], pixel * 4);
  }
  return { width, height, data: rgba };
}

async function firstMasks({ read }: Golden): Promise<BinaryMask[]> {
  const { width, height, data } = decode(await read('mask_00.png'));
  return [1, 2].map((label) => ({
    width,
    height,
    data: Uint8Array.from(data, (value) => (value === label ? 1 : 0)),
  }));
}

/** One pass of each graph on frame 1: the relative error of every output. */
export async function graphErrors(
  golden: Golden,
  { network, config }: SeededXMem,
): Promise<Record<string, number>> {
  const picture = await pictureOf(golden, 1);
  const geometry = workGeometryOf(picture, null);
  const { rows, columns, padded } = geometry;
  const cells = rows * columns;
  const pixels = padded.width * padded.height;
  const planes = [0, 1].map((lane) => Float32Array.from(uniforms('mask', pixels, lane)));
  const errors: Record<string, number> = {};
  const compare = (name: string, values: Float32Array): void => {
    errors[name] = relativeError(values, golden.tensors.get(`graph_${name}`)!.values);
  };
  const never = new AbortController().signal;
  await network.look(imageInput(picture, geometry, config), geometry, never, async (view) => {
    compare('key', columnsFirst(view.keys, cells));
    compare('shrinkage', view.shrinkage);
    compare('selection', columnsFirst(view.selection, cells));
    const remembered = await view.remember({
      count: 2,
      masks: joined(planes),
      others: joined(planes.toReversed()),
      hidden: new Float32Array(2 * config.hiddenDim * cells),
    });
    const values = remembered.values.map((value) => columnsFirst(value, cells));
    compare('value', joined(values.map((value) => everyPlane(value, cells, 16))));
    compare('hidden_value', everyPlane(remembered.hidden, cells, 8));
    const drawn = await view.decode({
      count: 2,
      readout: Float32Array.from(normals('readout', 2 * config.valueDim * cells)),
      hidden: remembered.hidden,
      wantsHidden: true,
    });
    compare('hidden_decoder', everyPlane(drawn.hidden!, cells, 8));
    const all = aggregate(
      [0, 1].map((index) => sigmoid(drawn.logits.subarray(index * pixels, (index + 1) * pixels))),
    );
    const [background, ...objects] = all.map((plane) => sampled(plane, padded, 4));
    const margins = objects.map((plane) =>
      plane.map((chance, pixel) => Math.log(chance / background![pixel]!)),
    );
    // The original gives log-odds before they compete: how much more an object has than the background is the same.
    const wanted = golden.tensors.get('graph_logits')!.values;
    const size = background!.length;
    const wantedMargins = wanted.slice(size).map((value, at) => value - wanted[at % size]!);
    errors['logits'] = relativeError(joined(margins), wantedMargins);
  });
  return errors;
}

export type GoldenFrame = {
  readonly error: number;
  readonly sizes: { readonly work: number; readonly long: number };
  readonly wanted: { readonly work: number; readonly long: number };
};

/** The first `count` frames of the reference clip: the largest error of a probability, and the sizes of the memory. */
export async function followGolden(
  golden: Golden,
  { network, config }: SeededXMem,
  count: number,
): Promise<GoldenFrame[]> {
  const masks = await firstMasks(golden);
  const geometry = workGeometryOf(masks[0]!, null);
  const small = golden.json.config;
  const tracker = new XMemTracker(
    network,
    {
      ...config,
      memoryEvery: small['mem_every']!,
      maxWorkingFrames: small['max_mid_term_frames']!,
      minWorkingFrames: small['min_mid_term_frames']!,
      prototypes: small['num_prototypes']!,
      maxLongTermElements: small['max_long_term_elements']!,
    },
    geometry,
  );
  const ids = [objectId(1), objectId(2)];
  const frames: GoldenFrame[] = [];
  for (let frame = 0; frame < count; frame += 1) {
    const { planes } = await tracker.step(
      {
        image: imageInput(await pictureOf(golden, frame), geometry, config),
        given: new Map(frame === 0 ? ids.map((id, index) => [id, masks[index]!] as const) : []),
        permanent: new Set(frame === 0 ? ids : []),
        unremembered: new Set(),
        isLast: false,
      },
      new AbortController().signal,
    );
    const found = joined(planes.map((plane) => sampled(unpad(plane, geometry), geometry.work, 5)));
    const { work_elements: work, long_elements: long } = golden.json.frames[frame]!;
    frames.push({
      error: absoluteError(found, golden.tensors.get(`prob_${String(frame).padStart(2, '0')}`)!.values),
      sizes: tracker.memorySizes,
      wanted: { work, long },
    });
  }
  return frames;
}

/** Every `step`-th row and column. */
function sampled(plane: Float32Array, { width, height }: WorkGeometry['work'], step: number): Float32Array {
  const values: number[] = [];
  for (let y = 0; y < height; y += step) {
    for (let x = 0; x < width; x += step) {
      values.push(plane[y * width + x]!);
    }
  }
  return Float32Array.from(values);
}

/** Every `step`-th plane of `cells` values. */
function everyPlane(planes: Float32Array, cells: number, step: number): Float32Array<ArrayBuffer> {
  const kept: Float32Array[] = [];
  for (let at = 0; at < planes.length; at += step * cells) {
    kept.push(planes.subarray(at, at + cells));
  }
  return joined(kept);
}

/** [cells, channels] -> [channels, cells]. */
function columnsFirst(rows: Float32Array, cells: number): Float32Array {
  const channels = rows.length / cells;
  return rows.map((_, at) => rows[(at % cells) * channels + Math.floor(at / cells)]!);
}

function joined(parts: readonly Float32Array[]): Float32Array<ArrayBuffer> {
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
