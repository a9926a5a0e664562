/**
 * A SAM ViT as it is shipped, from an official-looking file to masks, on seeded weights under Node; only on request,
 * since a frame takes a minute: `MASKFLOW_FULL_SIZE=sam-vit-b npx vitest run --project unit src/engine/sam/fullSize.test.ts`.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { decode as decodePng } from 'fast-png';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { objectId } from '../../core/base/ids';
import { decodeRle, rleArea, type Rle } from '../../core/mask/rle';
import type { PromptingModelId } from '../../core/models/shelf';
import type { PromptSet } from '../../core/prompt/prompt';
import type { PropagationEngineId, PropagationRequest } from '../../core/segment/segmentation';
import { nodeFileSource } from '../checkpoint/__fixtures__/nodeFileSource';
import { parseGraphManifest } from '../models/parseGraphManifest';
import type { ShelfModelFiles } from '../models/shelfFiles';
import { SegmentEngine } from '../segmentEngine';
import { ellipseRle, everyFourth, goldenBits, overlap, type FrameGolden } from './__fixtures__/frameGolden';
import { hydratedSam, seededSamCheckpoint } from './__fixtures__/seededSam';
import { keyError, watchedRuntime, type Seen } from './__fixtures__/watchedRuntime';
import type { RgbaPicture } from './preprocess';

const wanted = (process.env['MASKFLOW_FULL_SIZE'] ?? '').split(',').filter((id) => id.startsWith('sam-vit'));
const ids = wanted.length > 0 ? wanted : ['sam-vit-b'];
const fixtures = path.join(import.meta.dirname, '__fixtures__');
const models = path.join(import.meta.dirname, '../../../public/models');
const HOUR_MS = 3_600_000;
const label = objectId(1);

function say(what: string, startMs: number): void {
  const gib = (process.memoryUsage.rss() / 2 ** 30).toFixed(1);
  console.info(`${what}: ${((performance.now() - startMs) / 1000).toFixed(1)} s, ${gib} GiB resident`);
}

/** From a .pth file on the disk, as a user drops it. */
async function loadFiles(id: string): Promise<ShelfModelFiles> {
  const read = async (name: string): Promise<Uint8Array<ArrayBuffer>> =>
    Uint8Array.from(await readFile(path.join(models, id, name)));
  const manifest = parseGraphManifest(JSON.parse(new TextDecoder().decode(await read('manifest.json'))));
  const folder = await mkdtemp(path.join(tmpdir(), 'maskflow-full-size-'));
  try {
    const file = path.join(folder, 'seeded.pth');
    let startMs = performance.now();
    await writeFile(file, seededSamCheckpoint(manifest));
    say(`${id}, seeded checkpoint written`, startMs);
    startMs = performance.now();
    await using source = await nodeFileSource(file);
    const files = await hydratedSam(manifest, source, read);
    say(`${id}, hydrated`, startMs);
    return files;
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function dyePicture(): Promise<RgbaPicture> {
  const png = decodePng(await readFile(path.join(fixtures, 'dye.png')));
  const data = new Uint8ClampedArray(png.width * png.height * 4).fill(255);
  for (let pixel = 0; pixel < png.width * png.height; pixel += 1) {
    data.set(png.data.subarray(pixel * png.channels, pixel * png.channels + 3), pixel * 4);
  }
  return { width: png.width, height: png.height, data };
}

describe.skipIf(wanted.length === 0).each(ids)('%s at full size', (id) => {
  const seen: Seen = { embedding: null, keys: [] };
  let golden: FrameGolden;
  let picture: RgbaPicture;
  let engine: SegmentEngine;
  let begunMs = 0;

  beforeAll(async () => {
    begunMs = performance.now();
    golden = JSON.parse(await readFile(path.join(fixtures, `${id}-frame.json`), 'utf8')) as FrameGolden;
    picture = await dyePicture();
    const files = await loadFiles(id);
    engine = new SegmentEngine(
      {
        capabilities: { gpu: null, isCrossOriginIsolated: true, hardwareConcurrency: 2 },
        loadRuntime: async () => watchedRuntime(seen),
        loadShelfFiles: async () => files,
      },
      () => undefined,
    );
    const startMs = performance.now();
    const modelUrl = 'https://example.org/models/mobilesam/';
    await engine.load({ modelUrl, model: id as PromptingModelId }, () => undefined);
    say(`${id}, started`, startMs);
    // A clip in which nothing moves.
    engine.setFootage(async () => picture);
  }, HOUR_MS);

  afterAll(() => say(`${id}, all`, begunMs));

  async function predict(frame: number, prompts: Omit<PromptSet, 'objectId'>) {
    const { masks, timings } = await engine.predict(frame, [
      { role: 'object', prompts: { ...prompts, objectId: label } },
    ]);
    return { ...masks[0]!.mask, timings };
  }

  /** Its first frame is 0, its last 2. */
  async function propagate(engineId: PropagationEngineId, rle: Rle): Promise<Map<number, Rle>> {
    const masks = [{ objectId: label, rle }];
    const request: PropagationRequest = {
      engine: engineId,
      startFrame: 0,
      endFrame: 2,
      labels: [{ objectId: label, role: 'object' }],
      startMasks: masks,
      conditioning: [],
      annotated: [{ frameIndex: 0, masks, guesses: [] }],
    };
    const drawn = new Map<number, Rle>();
    for await (const frame of engine.propagate(request, new AbortController().signal)) {
      console.info(id, engineId, frame.frameIndex, frame.timings);
      drawn.set(frame.frameIndex, frame.masks[0]!.mask.rle);
    }
    return drawn;
  }

  it('sees and draws what transformers sees and draws', { timeout: HOUR_MS }, async () => {
    for (const each of golden.cases) {
      const { name, points, box, mask } = each;
      const drawn = await predict(0, {
        points: points.map(([x, y, side]) => ({ x, y, label: side })),
        box,
        mask: mask && ellipseRle(picture, mask),
      });
      const found = everyFourth(decodeRle(drawn.rle));
      const iou = overlap(found, goldenBits(each, found.length));
      console.info(id, name, iou, drawn.predictedIou, each.predictedIou, drawn.timings);
      expect(iou, name).toBeGreaterThanOrEqual(0.99);
      expect(drawn.predictedIou, name).toBeCloseTo(each.predictedIou, 3);
      expect(drawn.areaPx, name).toBeGreaterThan(0);
    }
    const largest = Math.max(...golden.embedding.map(Math.abs));
    const errors = golden.embedding.map((value, index) =>
      Math.abs(value - seen.embedding![index * golden.embeddingStep]!),
    );
    console.info(id, 'embedding', Math.max(...errors) / largest);
    expect(Math.max(...errors) / largest).toBeLessThan(1e-4);
  });

  it('carries masks as prompting each frame with the last mask does', { timeout: HOUR_MS }, async () => {
    const start = ellipseRle(picture, golden.cases.find(({ mask }) => mask)!.mask!);
    const drawn = await propagate('sam', start);
    let last = (await predict(0, { points: [], box: null, mask: start })).rle;
    for (const frame of [1, 2]) {
      last = (await predict(frame, { points: [], box: null, mask: last })).rle;
      expect(rleArea(last)).toBeGreaterThan(0);
      expect(drawn.get(frame)).toEqual(last);
    }
  });

  it('gives memory its keys, by which what does not move stays', { timeout: HOUR_MS }, async () => {
    const start = ellipseRle(picture, golden.cases.find(({ mask }) => mask)!.mask!);
    const drawn = await propagate('memory', start);
    expect(seen.keys.length).toBeGreaterThanOrEqual(3);
    for (const { of, keys } of seen.keys) {
      expect(keyError(of, keys)).toBeLessThan(1e-5);
    }
    for (const frame of [1, 2]) {
      const iou = overlap(decodeRle(drawn.get(frame)!).data, decodeRle(start).data);
      console.info(id, 'memory', frame, iou);
      // SAM draws noise from these weights, which memory takes to the places it knows.
      expect(iou).toBeGreaterThan(0.85);
    }
  });
});
