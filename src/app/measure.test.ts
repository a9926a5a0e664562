/** Measuring anew gives what measuring from scratch gives, and does only what has changed. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { objectId } from '../core/base/ids';
import { UserFacingError } from '../core/base/errors';
import { encodeRle, rleArea, rleBox } from '../core/mask/rle';
import { plainCalibration, type Calibration } from '../core/measure/calibration';
import { quantityIds, quantities, type QuantityId } from '../core/measure/quantities';
import { noCleanup } from '../core/track/cleanupRules';
import type { FrameMask } from '../core/track/maskTrack';
import { createMaskflowStore } from '../state/store';
import type { MaskflowStore } from '../state/store';
import type { FrameTask } from '../workers/measure/measureProtocol';
import { footage } from './__fixtures__/appFixtures';
import { Measuring } from './measure';
import type { MeasureRequest } from './measureRequest';
import type { MeasureService } from './services';
import { measureInline } from './__fixtures__/measureInline';

const size = { width: 24, height: 16 };
const FRAMES = 10;
const withoutColour = quantityIds.filter((id) => quantities[id].group !== 'colour');

function maskOf(bits: (pixel: number) => boolean): FrameMask {
  const data = Uint8Array.from({ length: size.width * size.height }, (_, pixel) => (bits(pixel) ? 1 : 0));
  const rle = encodeRle({ ...size, data });
  return { rle, box: rleBox(rle), areaPx: rleArea(rle), predictedIou: null };
}

/** A square of masks, its place by a number. */
function blockMask(seed: number): FrameMask {
  const [x0, y0] = [seed % 19, (seed * 7) % 11];
  return maskOf((pixel) => {
    const [x, y] = [pixel % size.width, Math.floor(pixel / size.width)];
    return (x >= x0 && x < x0 + 5 && y >= y0 && y < y0 + 5) || (seed % 3 === 0 && x === 23 && y > 4);
  });
}

function openStore(): MaskflowStore {
  const store = createMaskflowStore();
  store.getState().replaceFootage(footage(size));
  store.getState().addLabel();
  return store;
}

/** The worker's work done here, its tasks counted. */
function counting(): { service: MeasureService; tasks: FrameTask[] } {
  const tasks: FrameTask[] = [];
  const service: MeasureService = {
    ...measureInline(),
    measure: async (_, batch) => {
      tasks.push(...batch);
      return await measureInline().measure(_, batch);
    },
  };
  return { service, tasks };
}

function requestOf(change: Partial<MeasureRequest> = {}): MeasureRequest {
  return {
    fromFrame: 0,
    toFrame: FRAMES - 1,
    quantities: withoutColour,
    calibration: plainCalibration,
    eventRules: { minAreaPx: 4 },
    ...change,
  };
}

type Step =
  | {
      readonly kind: 'mask';
      readonly source: 'prompted' | 'propagated';
      readonly frame: number;
      readonly label: 1 | 2;
      readonly seed: number;
    }
  | { readonly kind: 'remove'; readonly frame: number; readonly label: 1 | 2 }
  | { readonly kind: 'calibrate'; readonly calibration: Calibration }
  | { readonly kind: 'void' | 'locked'; readonly frame: number; readonly seed: number }
  | { readonly kind: 'grow'; readonly label: 1 | 2 }
  | {
      readonly kind: 'measure';
      readonly from: number;
      readonly to: number;
      readonly ids: readonly QuantityId[];
    };

const frame = fc.integer({ min: 0, max: FRAMES - 1 });
const label = fc.constantFrom<1 | 2>(1, 2);
const seed = fc.integer({ min: 0, max: 99 });
const region = { kind: 'box', box: [2, 2, 20, 14] } as const;
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant('mask' as const),
    source: fc.constantFrom('prompted' as const, 'propagated' as const),
    frame,
    label,
    seed,
  }),
  fc.record({
    kind: fc.constant('mask' as const),
    source: fc.constant('propagated' as const),
    frame,
    label,
    seed,
  }),
  fc.record({ kind: fc.constant('remove' as const), frame, label }),
  fc.record({ kind: fc.constantFrom('void' as const, 'locked' as const), frame, seed }),
  fc.record({ kind: fc.constant('grow' as const), label }),
  fc.record({
    kind: fc.constant('calibrate' as const),
    calibration: fc.constantFrom<Calibration>(
      plainCalibration,
      { ...plainCalibration, region },
      { ...plainCalibration, yAxis: 'up', frameRate: 50, isLockedExcluded: false },
    ),
  }),
  fc.record({
    kind: fc.constant('measure' as const),
    from: frame,
    to: frame,
    ids: fc.constantFrom<readonly QuantityId[]>(
      ['area'],
      ['speed', 'contactLength'],
      ['pieces'],
      withoutColour,
    ),
  }),
);

function takeStep(store: MaskflowStore, step: Exclude<Step, { kind: 'measure' | 'calibrate' }>): void {
  const state = store.getState();
  if (step.kind === 'mask') {
    state.setFrameMasks(step.source, step.frame, [[objectId(step.label), blockMask(step.seed)]]);
  } else if (step.kind === 'remove') {
    state.setFrameMasks('propagated', step.frame, [[objectId(step.label), null]]);
    state.setFrameMasks('prompted', step.frame, [[objectId(step.label), null]]);
  } else if (step.kind === 'grow') {
    const rule = { ...noCleanup, growPx: 2 };
    state.setCleanup(objectId(step.label), { fromFrame: 0, toFrame: FRAMES - 1, rule });
  } else {
    const old = state.labels.find(({ role }) => role === step.kind);
    const id = (old ?? state.addLabel(step.kind)).objectId;
    state.setFrameMasks('prompted', step.frame, [[id, blockMask(step.seed)]]);
  }
}

describe('measuring', () => {
  it('anew after any changes gives what measuring from scratch gives', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { maxLength: 24 }), async (steps) => {
        const store = openStore();
        const measuring = new Measuring(store, measureInline());
        let calibration = plainCalibration;
        for (const step of steps) {
          if (step.kind === 'measure') {
            const range = { fromFrame: Math.min(step.from, step.to), toFrame: Math.max(step.from, step.to) };
            await measuring.measure(requestOf({ ...range, quantities: step.ids, calibration }));
          } else if (step.kind === 'calibrate') {
            ({ calibration } = step);
          } else {
            takeStep(store, step);
          }
        }
        const scratch = await new Measuring(store, measureInline()).measure(requestOf({ calibration }));
        expect(await measuring.measure(requestOf({ calibration }))).toEqual(scratch);
      }),
      { numRuns: 60 },
    );
  });

  it('heeds locked regions even where they are measured, for rules keep out of them', async () => {
    const store = openStore();
    const measuring = new Measuring(store, measureInline());
    const calibration = { ...plainCalibration, isLockedExcluded: false };
    const request = requestOf({ quantities: ['area'], calibration });
    takeStep(store, { kind: 'mask', source: 'propagated', frame: 5, label: 1, seed: 25 });
    takeStep(store, { kind: 'grow', label: 1 });
    const grown = await measuring.measure(request);
    takeStep(store, { kind: 'locked', frame: 0, seed: 26 });
    const kept = await measuring.measure(request);
    expect(kept).not.toEqual(grown);
    expect(kept).toEqual(await new Measuring(store, measureInline()).measure(request));
  });

  it('gives the same speeds wherever the range ends', async () => {
    const store = openStore();
    for (let index = 0; index < FRAMES; index += 1) {
      store.getState().setFrameMasks('propagated', index, [[objectId(1), blockMask(index * 7)]]);
    }
    const ids = ['speed', 'velocityY', 'areaRate'] as const;
    const measured = (range: { fromFrame: number; toFrame: number }) =>
      new Measuring(store, measureInline()).measure(requestOf({ ...range, quantities: ids }));
    const { table: whole } = await measured({ fromFrame: 0, toFrame: FRAMES - 1 });
    for (const [fromFrame, toFrame] of [
      [0, 3],
      [2, 5],
      [4, 4],
      [3, FRAMES - 1],
    ] as const) {
      const { table } = await measured({ fromFrame, toFrame });
      expect([...table.frames]).toEqual([...whole.frames].slice(fromFrame, toFrame + 1));
      table.columns.forEach(({ values }, column) => {
        expect([...values]).toEqual([...whole.columns[column]!.values].slice(fromFrame, toFrame + 1));
      });
    }
  });

  it('works out only frames whose masks changed, and compares pieces with their neighbours', async () => {
    const store = openStore();
    for (let index = 0; index < FRAMES; index += 1) {
      store.getState().setFrameMasks('propagated', index, [[objectId(1), blockMask(index)]]);
    }
    const { service, tasks } = counting();
    const measuring = new Measuring(store, service);
    await measuring.measure(requestOf({ quantities: ['area'] }));
    expect(tasks.filter(({ groups }) => groups).map(({ frameIndex }) => frameIndex)).toEqual([
      ...Array(FRAMES).keys(),
    ]);
    tasks.length = 0;
    const scale = { from: { x: 0, y: 0 }, to: { x: 2, y: 0 }, length: 1, unit: 'mm' };
    const metric = { ...plainCalibration, scale, yAxis: 'up' as const, frameRate: 7 };
    const { table } = await measuring.measure(
      requestOf({ quantities: ['area', 'speed'], calibration: metric }),
    );
    expect(tasks).toEqual([]);
    expect(table.columns[0]!.unit).toBe('mm²');
    store.getState().setFrameMasks('prompted', 5, [[objectId(1), blockMask(50)]]);
    await measuring.measure(requestOf({ quantities: ['area'] }));
    expect(tasks.map(({ frameIndex, groups, isLinked }) => [frameIndex, groups !== null, isLinked])).toEqual([
      [4, false, false],
      [5, true, true],
      [6, false, true],
    ]);
    tasks.length = 0;
    await measuring.measure(requestOf({ quantities: ['area', 'mixingWidth'] }));
    expect(tasks.filter(({ groups }) => groups?.has('flow'))).toHaveLength(FRAMES);
  });

  it('stops between frames when it is cancelled, and keeps what it has', async () => {
    const store = openStore();
    store.getState().setFrameMasks('prompted', 0, [[objectId(1), blockMask(0)]]);
    const { service, tasks } = counting();
    const measuring = new Measuring(store, service);
    const controller = new AbortController();
    const progress: number[] = [];
    const run = measuring.measure(requestOf(), {
      signal: controller.signal,
      onProgress: ({ done }) => {
        progress.push(done);
        if (done >= 4) {
          controller.abort();
        }
      },
    });
    await expect(run).rejects.toMatchObject({ code: 'cancelled' });
    const before = tasks.length;
    expect(before).toBeLessThan(FRAMES + 3);
    await measuring.measure(requestOf());
    expect(tasks.slice(before).filter(({ groups }) => groups).length).toBeLessThan(FRAMES);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
  });

  it('needs footage', async () => {
    const measuring = new Measuring(createMaskflowStore(), measureInline());
    await expect(measuring.measure(requestOf())).rejects.toBeInstanceOf(UserFacingError);
  });
});
