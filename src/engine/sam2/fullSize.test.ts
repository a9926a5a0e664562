/**
 * The models as they are shipped, on seeded weights under Node; only on request, since a frame takes seconds:
 * `MASKFLOW_FULL_SIZE=edgetam,sam2.1-tiny npx vitest run --project unit src/engine/sam2/fullSize.test.ts`.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parityMask } from '../__fixtures__/parityClip';
import { nodeWasmContext } from '../ort/__fixtures__/nodeWasmRuntime';
import { ObjectTracker } from './objectTracker';
import { Sam2Frames } from './sam2Frames';
import { appRequest, goldenLabels, labelIou, labelsOf, type AppGolden } from './__fixtures__/appGolden';
import { Sam2Propagator } from './sam2Propagator';
import { parityError, readParityGolden } from './__fixtures__/parityGolden';
import { paritySource, runParity } from './__fixtures__/parityRun';
import { startSeededSam2, type ReadFile } from './__fixtures__/seededSam2';

const ids = (process.env['MASKFLOW_FULL_SIZE'] ?? '').split(',').filter((id) => /^(edgetam|sam2)/.test(id));
const fixtures = path.join(import.meta.dirname, '__fixtures__');
const models = path.join(import.meta.dirname, '../../../public/models');
const options = { priority: 'background' } as const;

function readFrom(folder: string): ReadFile {
  return async (name) => Uint8Array.from(await readFile(path.join(folder, name)));
}

describe.skipIf(ids.length === 0)('at full size', () => {
  it.each(ids)('%s follows one object', { timeout: 1_800_000 }, async (id) => {
    const model = await startSeededSam2(nodeWasmContext(), readFrom(path.join(models, id)), []);
    const frames = new Sam2Frames(model, paritySource);
    const tracker = new ObjectTracker(frames);
    tracker.giveMask(0, () => parityMask(1, 0));
    for (const frame of [1, 2]) {
      const drawn = await tracker.track(frame, 1, options);
      const remembered = await tracker.remember(frame, drawn, 1, options);
      expect(drawn.logits.every(Number.isFinite)).toBe(true);
      const encodeS = (drawn.encodeMs / 1000).toFixed(1);
      const restS = ((drawn.decodeMs + remembered.decodeMs) / 1000).toFixed(1);
      const gib = (process.memoryUsage.rss() / 2 ** 30).toFixed(1);
      console.info(`${id}, frame ${frame}: encoding ${encodeS} s, all else ${restS} s, ${gib} GiB resident`);
    }
    frames.forget();
  });

  it.each(ids.filter((id) => existsSync(path.join(fixtures, id, 'golden.json'))))(
    '%s draws what transformers draws',
    { timeout: 1_800_000 },
    async (id) => {
      const golden = await readParityGolden(readFrom(path.join(fixtures, id)));
      const { seedRules } = golden.json;
      const model = await startSeededSam2(nodeWasmContext(), readFrom(path.join(models, id)), seedRules);
      for await (const result of runParity(model, golden.json)) {
        const error = parityError(golden, result);
        console.info(id, result.frame, error);
        expect(error!.iou).toBeGreaterThanOrEqual(0.99);
      }
    },
  );

  it.runIf(ids.includes('edgetam'))(
    'edgetam propagates two labels as transformers does',
    { timeout: 1_800_000 },
    async () => {
      const bytes = await readFrom(fixtures)('edgetamAppGolden.json');
      const golden = JSON.parse(new TextDecoder().decode(bytes)) as AppGolden;
      const read = readFrom(path.join(models, 'edgetam'));
      const model = await startSeededSam2(nodeWasmContext(), read, golden.rules);
      const frames = new Sam2Frames(model, paritySource);
      const never = new AbortController().signal;
      for await (const frame of new Sam2Propagator(frames).propagate(appRequest(golden), never)) {
        const [found, wanted] = [labelsOf(frame), goldenLabels(golden, frame.frameIndex)];
        const foreground = labelIou(found, wanted, (value) => value > 0);
        const first = labelIou(found, wanted, (value) => value === 1);
        console.info('edgetam', frame.frameIndex, foreground, first, frame.timings);
        expect(foreground).toBeGreaterThanOrEqual(0.99);
        expect(first).toBeGreaterThanOrEqual(0.99);
      }
      frames.forget();
    },
  );
});
