/** Steps of undo by name. */
import { describe, expect, it } from 'vitest';
import { objectId, type PromptId } from '../base/ids';
import { createLabel } from '../label/label';
import { plainCalibration } from '../measure/calibration';
import type { Prompt } from '../prompt/prompt';
import { emptyTrack, type FrameMask, type Tracks } from '../track/maskTrack';
import { withFrameMasks } from '../track/trackEdits';
import { describeStep, type HistorySnapshot } from './describeStep';
import { historySteps } from './historySteps';

const label = { ...createLabel([]), name: 'upper dye' };
const second = createLabel([label]);
const mask: FrameMask = {
  rle: { size: [1, 1], counts: Uint32Array.of(1) },
  box: null,
  areaPx: 0,
  predictedIou: null,
};

const start: HistorySnapshot = {
  labels: [label],
  prompts: [],
  tracks: new Map(),
  useSharedPoints: true,
  versions: [],
  lastEdit: null,
  range: { inFrame: 0, outFrame: 9 },
  propagationRuns: 0,
  acceptances: 0,
  calibration: plainCalibration,
  references: [],
};

const box: Prompt = {
  kind: 'box',
  id: 'b' as PromptId,
  objectId: label.objectId,
  frameIndex: 3,
  box: [0, 0, 4, 4],
};
const point: Prompt = {
  kind: 'point',
  id: 'p' as PromptId,
  objectId: label.objectId,
  frameIndex: 4,
  label: 0,
  point: { x: 1, y: 1 },
};
const accepted: Tracks = withFrameMasks(new Map(), 'prompted', 5, [
  [label.objectId, { ...mask, isAccepted: true }],
]);
const region = { kind: 'box', box: [0, 0, 4, 4] } as const;
const version = {
  id: 1,
  kind: 'refine',
  name: 'Before SAM refinement of frames 3-20, box + mask',
  fromFrame: 3,
  toFrame: 20,
  createdAtRun: 1,
  objectIds: [],
  tracks: new Map(),
} as const;

describe('a step of undo', () => {
  it.each<[string, Partial<HistorySnapshot>, Partial<HistorySnapshot>]>([
    ['Add box of upper dye, frame 3', {}, { prompts: [box] }],
    ['Move box of upper dye, frame 3', { prompts: [box] }, { prompts: [{ ...box, box: [2, 2, 6, 6] }] }],
    ['Resize box of upper dye, frame 3', { prompts: [box] }, { prompts: [{ ...box, box: [0, 0, 9, 4] }] }],
    ['Add background point of upper dye, frame 4', {}, { prompts: [box, point] }],
    ['Delete background point of upper dye, frame 4', { prompts: [box, point] }, { prompts: [box] }],
    ['Delete 2 prompts', { prompts: [box, point] }, { prompts: [] }],
    ['Add label 2', {}, { labels: [label, second] }],
    ['Delete label 2', { labels: [label, second] }, { labels: [label], prompts: [] }],
    ['Rename upper dye to smoke', {}, { labels: [{ ...label, name: 'smoke' }] }],
    ['Recolour upper dye', {}, { labels: [{ ...label, colour: '#000000' }] }],
    ['Make upper dye void', {}, { labels: [{ ...label, role: 'void' }] }],
    ['Hide upper dye', {}, { labels: [{ ...label, isVisible: false }] }],
    ['Reorder labels', { labels: [label, second] }, { labels: [second, label] }],
    ['SAM refinement of frames 3-20, box + mask', {}, { propagationRuns: 1, versions: [version] }],
    ['Propagation', {}, { propagationRuns: 1 }],
    ['Accept frame 5', {}, { acceptances: 1, tracks: accepted }],
    ['Take back acceptance of frame 5', { tracks: accepted }, { acceptances: 1, tracks: new Map() }],
    ['Brush, frame 7', {}, { lastEdit: { name: 'Brush', fromFrame: 7, toFrame: 7 } }],
    [
      'Import of m.zip, frames 0-9',
      {},
      { lastEdit: { name: 'Import of m.zip', fromFrame: 0, toFrame: 9 }, labels: [second] },
    ],
    [
      'Threshold of upper dye',
      {},
      {
        tracks: new Map([
          [
            label.objectId,
            { ...emptyTrack(label.objectId), thresholds: [{ fromFrame: 0, toFrame: 1, probability: 0.3 }] },
          ],
        ]),
      },
    ],
    ['Shared background points off', {}, { useSharedPoints: false }],
    ['In point to frame 2', {}, { range: { inFrame: 2, outFrame: 9 } }],
    [
      'Add scale line',
      {},
      {
        calibration: {
          ...plainCalibration,
          scale: { from: { x: 0, y: 0 }, to: { x: 4, y: 0 }, length: 2, unit: 'mm' },
        },
      },
    ],
    [
      'Delete measured region',
      { calibration: { ...plainCalibration, region } },
      { calibration: plainCalibration },
    ],
    ['Import reference truth.zip', {}, { references: [{ id: 1, name: 'truth.zip' }] }],
    [
      'Rename reference to by Ann',
      { references: [{ id: 1, name: 'truth.zip' }] },
      { references: [{ id: 1, name: 'by Ann' }] },
    ],
    ['Remove reference truth.zip', { references: [{ id: 1, name: 'truth.zip' }] }, { references: [] }],
    ['Change axes', {}, { calibration: { ...plainCalibration, yAxis: 'up' } }],
    ['Change frame rate of measurements', {}, { calibration: { ...plainCalibration, frameRate: 1000 } }],
    ['Out point to frame 5', {}, { range: { inFrame: 0, outFrame: 5 } }],
  ])('is called %s', (name, before, after) => {
    const from = { ...start, ...before };
    expect(describeStep(from, { ...from, ...after })).toBe(name);
  });

  it('names a label that is gone as it was called', () => {
    const other = { ...point, objectId: objectId(7) };
    expect(describeStep({ ...start, labels: [], prompts: [other] }, { ...start, labels: [] })).toContain(
      'a label',
    );
  });
});

it('lists steps around the present, the nearest future first in line', () => {
  const states = [0, 1, 2, 3].map((outFrame) => ({ ...start, range: { inFrame: 0, outFrame } }));
  const steps = historySteps([states[0]!, states[1]!], states[2]!, [states[3]!]);
  expect(steps).toEqual([
    { name: 'Out point to frame 1', distance: -1 },
    { name: 'Out point to frame 2', distance: 0 },
    { name: 'Out point to frame 3', distance: 1 },
  ]);
});
