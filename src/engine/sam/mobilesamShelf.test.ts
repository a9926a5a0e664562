/** MobileSAM from graphs without weights and the bundled pair's weights draws what the bundled graphs draw. */
import { decode as decodePng } from 'fast-png';
import { beforeAll, describe, expect, it } from 'vitest';
import { thresholdLogits, upscaleLowResLogits } from '../../core/mask/logits';
import { maskPromptLogits } from '../../core/mask/maskPrompt';
import { nodeWasmContext } from '../ort/__fixtures__/nodeWasmRuntime';
import { goldenMask, goldens, intersectionOverUnion } from './__fixtures__/goldenScene';
import { bundledMobileSam, bytesOf, shelfMobileSam } from './__fixtures__/mobilesamFiles';
import type { DecoderPrompt } from './maskDecoder';
import type { RgbaPicture } from './preprocess';
import type { SamFiles } from './samFiles';
import { SamModel } from './samModel';

const root = new URL('../../../', import.meta.url);
const run = { priority: 'interactive' } as const;

async function dyePicture(): Promise<RgbaPicture> {
  const png = decodePng(await bytesOf(root, 'src/engine/sam/__fixtures__/dye.png'));
  const data = new Uint8ClampedArray(png.width * png.height * 4).fill(255);
  for (let pixel = 0; pixel < png.width * png.height; pixel += 1) {
    data.set(png.data.subarray(pixel * png.channels, pixel * png.channels + 3), pixel * 4);
  }
  return { width: png.width, height: png.height, data };
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
  expected = await drawWith(await bundledMobileSam(root));
}, 300_000);

describe('MobileSAM of the shelf', () => {
  it.each([
    ['fp32', 0.995, 4],
    ['fp16', 0.98, 2],
  ] as const)(
    'draws what the bundled graphs draw: %s, IoU >= %s',
    async (variant, least, digits) => {
      const { masks, predictedIous } = await drawWith(await shelfMobileSam(root, variant));
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
