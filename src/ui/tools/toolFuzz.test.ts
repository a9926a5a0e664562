import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ToolId } from '../../state/maskflowState';
import { ToolBench } from './testing/toolBench';

const tools: readonly ToolId[] = [
  'select',
  'foregroundPoint',
  'backgroundPoint',
  'sharedPoint',
  'box',
  'brush',
  'eraser',
  'polygon',
  'lasso',
  'fill',
  'scaleLine',
  'axes',
  'regionBox',
  'regionPolygon',
  'pan',
];

const place = fc.record({ x: fc.integer({ min: -60, max: 700 }), y: fc.integer({ min: -60, max: 420 }) });

type Step = (bench: ToolBench) => void;

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(place, place).map(dragStep) },
  {
    weight: 3,
    arbitrary: place.map(
      ({ x, y }): Step =>
        (bench) =>
          bench.click(x, y),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(...tools).map(
      (tool): Step =>
        (bench) =>
          bench.store.getState().setTool(tool),
    ),
  },
  { weight: 1, arbitrary: fc.constant<Step>((bench) => bench.store.getState().addLabel()) },
  {
    weight: 1,
    arbitrary: fc.nat(2).map(
      (frame): Step =>
        (bench) =>
          bench.store.getState().setShownFrame(frame),
    ),
  },
);

function dragStep([from, to]: [{ x: number; y: number }, { x: number; y: number }]): Step {
  return (bench) => bench.drag([from.x, from.y], [to.x, to.y]);
}

function expectSound(bench: ToolBench): void {
  for (const { x, y } of bench.points) {
    expect(x >= 0 && x <= 640 && y >= 0 && y <= 360).toBe(true);
  }
  for (const [x0, y0, x1, y1] of bench.boxes) {
    expect([x0, y0, x1, y1].every(Number.isInteger)).toBe(true);
    expect(x0 >= 0 && y0 >= 0 && x1 <= 640 && y1 <= 360 && x0 < x1 && y0 < y1).toBe(true);
  }
  const boxPlaces = bench.prompts.flatMap((prompt) =>
    prompt.kind === 'box' ? [`${prompt.objectId} ${prompt.frameIndex}`] : [],
  );
  expect(new Set(boxPlaces).size).toBe(boxPlaces.length);
  expect(new Set(bench.prompts.map((prompt) => prompt.id)).size).toBe(bench.prompts.length);
  expect(bench.host.isBusy).toBe(false);
}

it('whatever is done, prompts stay inside the picture, one box for each label and frame', () => {
  fc.assert(
    fc.property(fc.constantFrom(...tools), fc.array(step, { maxLength: 25 }), (tool, steps) => {
      const bench = new ToolBench(tool);
      for (const act of steps) {
        act(bench);
        expectSound(bench);
      }
    }),
  );
});

it('a gesture given up leaves the prompts as they were', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...tools),
      fc.array(step, { maxLength: 12 }),
      place,
      fc.array(place, { maxLength: 4 }),
      (tool, steps, from, moves) => {
        const bench = new ToolBench(tool);
        steps.forEach((act) => act(bench));
        const sorted = (): unknown[] => bench.prompts.toSorted((a, b) => a.id.localeCompare(b.id));
        const before = sorted();
        bench.press(from.x, from.y);
        for (const { x, y } of moves) {
          bench.move(x, y);
          bench.frame();
        }
        bench.host.cancel();
        expect(sorted()).toEqual(before);
      },
    ),
  );
});
