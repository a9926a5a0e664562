/** Whatever is painted in whatever order, masks stay sound and every step can be taken back and done again. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { objectId } from '../../core/base/ids';
import type { PaintOrder } from '../../core/edit/paintRegion';
import { intersectRle } from '../../core/compare/maskDifference';
import { encodeRle, rleArea, rleBox, type Rle } from '../../core/mask/rle';
import type { FrameMask } from '../../core/track/maskTrack';
import { seenMasks } from '../../core/track/seenMasks';
import type { ToolId } from '../../state/maskflowState';
import { travelHistory } from '../../state/travelHistory';
import { HEIGHT, WIDTH } from './testing/paintedPixels';
import { ToolBench } from './testing/toolBench';

const tools: readonly ToolId[] = ['brush', 'eraser', 'polygon', 'lasso', 'fill'];
const LOCKED = 3;

/** Coarse places, so that shapes meet, close and enclose. */
const place = fc.record({
  x: fc.integer({ min: -1, max: 16 }).map((column) => column * 40 + 5),
  y: fc.integer({ min: -1, max: 9 }).map((row) => row * 40 + 5),
});
const modifiers = fc.record({
  hasAlt: fc.boolean(),
  hasShift: fc.boolean(),
  button: fc.constantFrom(0, 0, 0, 2),
});
const order: fc.Arbitrary<PaintOrder> = fc.constantFrom<PaintOrder[]>('onTop', 'onlyBackground', {
  onlyInside: objectId(2),
});

type Step = (bench: ToolBench) => void;

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .tuple(fc.constantFrom(...tools), place, fc.array(place, { maxLength: 4 }), modifiers)
      .map(([tool, from, way, options]): Step => (bench) => {
        bench.store.getState().setTool(tool);
        if (tool === 'polygon') {
          [from, ...way].forEach(({ x, y }) => bench.click(x, y, options));
          bench.host.shapeKey('finish');
          return;
        }
        bench.press(from.x, from.y, options);
        way.forEach(({ x, y }) => bench.move(x, y, options));
        bench.frame();
        bench.release((way.at(-1) ?? from).x, (way.at(-1) ?? from).y);
      }),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom('undo' as const, 'redo' as const).map(
      (way): Step =>
        ({ store }) =>
          travelHistory(store, way),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(1, 2).map(
      (id): Step =>
        ({ store }) =>
          store.getState().setActiveLabel(objectId(id)),
    ),
  },
  {
    weight: 1,
    arbitrary: order.map(
      (chosen): Step =>
        ({ store }) =>
          store.getState().setPaintOrder(chosen),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(1, 30, 90).map(
      (px): Step =>
        ({ store }) =>
          store.getState().setBrushPx(px),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.nat(2).map(
      (frame): Step =>
        ({ store }) =>
          store.getState().setShownFrame(frame),
    ),
  },
);

function rectangle(x0: number, y0: number, x1: number, y1: number): FrameMask {
  const data = new Uint8Array(WIDTH * HEIGHT);
  for (let y = y0; y < y1; y += 1) {
    data.fill(1, y * WIDTH + x0, y * WIDTH + x1);
  }
  const rle = encodeRle({ width: WIDTH, height: HEIGHT, data });
  return { rle, box: rleBox(rle), areaPx: rleArea(rle), predictedIou: null };
}

/** Two labels with a guess each, and a locked region across the picture. */
function preparedBench(): ToolBench {
  const bench = new ToolBench('brush');
  const { addLabel, setFrameMasks, setActiveLabel } = bench.store.getState();
  addLabel();
  addLabel('locked');
  const held = { isAccepted: true, edit: 'painted' } as const;
  setFrameMasks('prompted', 0, [[objectId(LOCKED), { ...rectangle(0, 150, WIDTH, 170), ...held }]]);
  setFrameMasks('propagated', 1, [
    [objectId(1), rectangle(100, 100, 200, 200)],
    [objectId(2), rectangle(200, 100, 330, 160)],
  ]);
  setActiveLabel(objectId(1));
  bench.store.temporal.getState().clear();
  return bench;
}

/** One line for each mask: label, frame, run lengths. */
function promptedMasks({ store }: ToolBench): string[] {
  return [...store.getState().tracks]
    .flatMap(([id, { prompted }]) =>
      [...prompted].map(([frame, { rle }]) => `${id} on ${frame}: ${rle.counts.join(' ')}`),
    )
    .toSorted();
}

/** Per label, frame and pixel of the locked region. */
function underLock({ store }: ToolBench): unknown[] {
  const { tracks, labels } = store.getState();
  const locked = tracks.get(objectId(LOCKED))!.prompted.get(0)!.rle;
  return [0, 1, 2].flatMap((frame) =>
    seenMasks(tracks, labels, frame)
      .map(({ objectId: id, rle }) => ({ id, frame, inside: intersectRle(rle, locked) }))
      .filter(({ inside }) => rleArea(inside) > 0)
      .map(({ id, inside }) => [id, frame, [...inside.counts]])
      .toSorted((a, b) => Number(a[0]) - Number(b[0])),
  );
}

function expectSoundMasks({ store }: ToolBench): void {
  const { tracks } = store.getState();
  for (const frame of [0, 1, 2]) {
    const made: Rle[] = [];
    for (const [id, track] of tracks) {
      const mask = track.prompted.get(frame);
      if (mask) {
        expect(mask).toMatchObject({ isAccepted: true, edit: 'painted', areaPx: rleArea(mask.rle) });
        expect(mask.box).toEqual(rleBox(mask.rle));
        made.push(...(id === LOCKED ? [] : [mask.rle]));
      }
    }
    const overlap = made[0] && made[1] ? rleArea(intersectRle(made[0], made[1])) : 0;
    expect(overlap).toBe(0);
  }
}

it('masks stay sound, locked pixels stay as they are, and each step is one step of undo', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 18 }), (steps) => {
      const bench = preparedBench();
      const { temporal } = bench.store;
      const first = promptedMasks(bench);
      const locked = underLock(bench);
      for (const act of steps) {
        const before = temporal.getState().pastStates.length;
        act(bench);
        expect(temporal.getState().pastStates.length).toBeLessThanOrEqual(before + 1);
        expect(bench.host.isBusy).toBe(false);
        expectSoundMasks(bench);
        expect(underLock(bench)).toEqual(locked);
      }
      while (temporal.getState().futureStates.length > 0) {
        travelHistory(bench.store, 'redo');
      }
      const last = promptedMasks(bench);
      const count = temporal.getState().pastStates.length;
      for (let taken = 0; taken < count; taken += 1) {
        travelHistory(bench.store, 'undo');
      }
      expect(promptedMasks(bench)).toEqual(first);
      for (let done = 0; done < count; done += 1) {
        travelHistory(bench.store, 'redo');
      }
      expect(promptedMasks(bench)).toEqual(last);
    }),
    { numRuns: 60 },
  );
});

it('a stroke or a lasso given up leaves everything as it was', () => {
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 6 }),
      fc.constantFrom<ToolId[]>('brush', 'eraser', 'lasso'),
      place,
      fc.array(place, { maxLength: 4 }),
      modifiers,
      (steps, tool, from, way, options) => {
        const bench = preparedBench();
        steps.forEach((act) => act(bench));
        bench.store.getState().setTool(tool);
        const { tracks, labels } = bench.store.getState();
        bench.press(from.x, from.y, options);
        for (const { x, y } of way) {
          bench.move(x, y, options);
          bench.frame();
        }
        bench.host.cancel();
        expect(bench.store.getState().tracks).toBe(tracks);
        expect(bench.store.getState().labels).toBe(labels);
      },
    ),
    { numRuns: 60 },
  );
});
