/** A run with an engine that is scripted: what it is asked, what is scored, which frames are corrected, what is reported. */
import { encodeRle, type Rle } from '../../../src/core/mask/rle';
import type { ObjectId } from '../../../src/core/base/ids';
import type { PropagatedFrame, PropagationRequest } from '../../../src/core/segment/segmentation';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bracketAround, frameToCorrect } from './corrections';
import { resultText } from './printResult';
import { reportText } from './report';
import { parseBenchResult, type BenchResult, type FrameResult } from './result';
import { runSequence, type PropagatingEngine, type SequenceJob } from './runSequence';
import { scoresOf, summariseEngine } from './summary';
import type { Truth } from './truth';

const SIZE = { width: 20, height: 10 };
const label = 1 as ObjectId;

/** A box of 10 pixels' width, `columns` of which are on. */
function columnsRle(columns: number): Rle {
  const data = new Uint8Array(SIZE.width * SIZE.height);
  data.forEach((_, index) => {
    data[index] = index % SIZE.width < columns ? 1 : 0;
  });
  return encodeRle({ ...SIZE, data });
}

const truth = {
  labels: [1],
  size: SIZE,
  has: () => true,
  masksAt: () => [{ objectId: label, rle: columnsRle(10) }],
} as unknown as Truth;

/** Answers `quality(frame, pass)` of the ten true columns, and says so in its confidence. */
function scriptedEngine(quality: (frame: number, pass: number) => number) {
  const requests: PropagationRequest[] = [];
  const engine: PropagatingEngine = {
    setFootage: () => undefined,
    async *propagate(request): AsyncGenerator<PropagatedFrame> {
      const pass = requests.push(request) - 1;
      const timings = { encodeMs: 10, decodeMs: 4, restMs: 1 };
      for (let frameIndex = request.startFrame + 1; frameIndex <= request.endFrame; frameIndex += 1) {
        const isGiven = request.conditioning.some((given) => given.frameIndex === frameIndex);
        const answer = (good: number) => ({
          objectId: label,
          mask: {
            rle: columnsRle(Math.round(good * 10)),
            box: null,
            areaPx: 0,
            predictedIou: null,
            confidence: good,
          },
        });
        // A worse answer first: the last one counts.
        yield { frameIndex, masks: isGiven ? [] : [answer(0)], timings };
        yield { frameIndex, masks: isGiven ? [] : [answer(quality(frameIndex, pass))], timings };
      }
    },
  };
  return { engine, requests };
}

function jobOf(engine: PropagatingEngine, count: number, corrections: number): SequenceJob {
  const picture = { ...SIZE, data: new Uint8ClampedArray(SIZE.width * SIZE.height * 4) };
  return {
    name: 'scripted',
    engineName: 'memory',
    engineId: 'memory',
    engine,
    frames: { count, read: () => picture, remove: () => undefined },
    truth,
    every: 2,
    corrections,
  };
}

describe('runSequence', () => {
  it('scores the last answer for each frame, without the first and the last frame', async () => {
    const { engine, requests } = scriptedEngine((frame) => (frame === 4 ? 0 : frame / 10 + 0.5));
    const result = await runSequence(jobOf(engine, 5, 0));
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatchObject({
      engine: 'memory',
      startFrame: 0,
      endFrame: 4,
      conditioning: [],
      annotated: [{ frameIndex: 0, guesses: [] }],
    });
    expect(result.steps[0]!.scores.j).toBeCloseTo((0.6 + 0.7 + 0.8) / 3, 12);
    expect(result.confidence.rankCorrelation).toBeCloseTo(1, 12);
    expect(result.cost).toMatchObject({ encodeMs: 10, decodeMs: 4, restMs: 1, frames: 8 });
    expect(result.firstPass.map(({ sourceFrame }) => sourceFrame)).toEqual([0, 2, 4, 6, 8]);
    expect(result.corrected).toBe(null);
  });

  it('gives the doubtful frames in turn, and propagates only between their neighbours', async () => {
    const worst = new Map([
      [4, 0.1],
      [12, 0.2],
    ]);
    const { engine, requests } = scriptedEngine((frame, pass) =>
      pass === 0 ? (worst.get(frame) ?? 0.5) : 0.9,
    );
    const result = await runSequence(jobOf(engine, 20, 2));
    expect(requests.slice(1).map(({ startFrame, endFrame }) => [startFrame, endFrame])).toEqual([
      [0, 19],
      [4, 19],
    ]);
    expect(result.steps.map(({ givenFrame }) => givenFrame)).toEqual([null, 8, expect.any(Number)]);
    const last = requests[2]!;
    expect(last.annotated.map(({ frameIndex }) => frameIndex)).toContain(4);
    expect(last.conditioning).toHaveLength(1);
    expect(result.firstPass[4]!.labels[0]!.score!.j).toBeCloseTo(0.1, 12);
    expect(result.corrected![4]).toMatchObject({ isGiven: true, labels: [{ score: { j: 1, f: 1 } }] });
    expect(result.steps[1]!.scores.j).toBeCloseTo((17 * 0.9 + 1) / 18, 12);
    expect(result.steps[1]!.scoresOfOthers.j).toBeCloseTo(0.9, 12);
  });

  it('stops correcting when every frame is given', async () => {
    const { engine } = scriptedEngine(() => 0.5);
    const result = await runSequence(jobOf(engine, 3, 5));
    expect(result.steps).toHaveLength(3);
    expect(result.steps.at(-1)!.scores.j).toBe(1);
    expect(result.steps.at(-1)!.scoresOfOthers.j).toBe(null);
  });

  it('says which label and frame the engine left out', async () => {
    const engine: PropagatingEngine = { setFootage: () => undefined, async *propagate() {} };
    await expect(runSequence(jobOf(engine, 4, 0))).rejects.toThrow(/label 1 on frame 1/);
  });
});

describe('frameToCorrect', () => {
  const doubts = [0.9, 0.1, 0.2, 0.5, 0.4, 0.4].map((confidence, frameIndex) => ({ frameIndex, confidence }));

  it('takes the lowest confidence that is not next to a given frame, the earliest of equal ones', () => {
    expect(frameToCorrect(doubts, [0])).toBe(4);
    expect(frameToCorrect(doubts, [5])).toBe(1);
  });

  it('takes a neighbour when nothing else is left, and nothing when all is given', () => {
    expect(frameToCorrect(doubts, [0, 3, 5])).toBe(1);
    expect(frameToCorrect(doubts, [0, 1, 2, 3, 4, 5])).toBe(null);
    expect(frameToCorrect([], [0])).toBe(null);
  });
});

describe('bracketAround', () => {
  it('is bounded by the nearest given frames, or the end', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(50)), fc.integer({ min: 1, max: 50 }), (frames, frame) => {
        const given = [0, ...frames.filter((each) => each !== frame && each !== 0)];
        const { startFrame, endFrame } = bracketAround(frame, given, 50);
        expect(startFrame < frame && frame <= endFrame).toBe(true);
        expect(given).toContain(startFrame);
        expect(endFrame === 50 || given.includes(endFrame)).toBe(true);
        expect(given.filter((each) => each > startFrame && each < endFrame)).toEqual([]);
      }),
    );
  });
});

describe('scoresOf', () => {
  it('is the mean over labels of each label over its frames with a known truth', () => {
    const frame = (a: number | null, b: number | null): FrameResult => ({
      sourceFrame: 0,
      isGiven: false,
      labels: [a, b].map((j, index) => ({
        label: index + 1,
        score: j === null ? null : { j, f: j / 2 },
        confidence: null,
        cue: null,
      })),
    });
    const frames = [frame(0, 0), frame(1, 0.2), frame(0.5, null), frame(0, 0)];
    // Label 1: 0.75, label 2: 0.2.
    const { j, f, jAndF } = scoresOf(frames, 'all');
    expect(j).toBeCloseTo(0.475, 12);
    expect(f).toBeCloseTo(0.2375, 12);
    expect(jAndF).toBeCloseTo(0.35625, 12);
  });
});

describe('the report', () => {
  async function resultOf(engineName: string, good: number): Promise<BenchResult> {
    const { engine } = scriptedEngine((frame) => good + frame / 100);
    const sequence = await runSequence(jobOf(engine, 12, 1));
    return {
      formatVersion: 1,
      date: '2026-01-01',
      machine: {
        cpuModel: 'cpu',
        cores: 2,
        memoryGb: 8,
        system: 'Linux',
        node: '20',
        onnxruntimeNode: '1',
        commit: null,
      },
      data: 'davis',
      every: 1,
      frameLimit: null,
      threads: 2,
      hasKeptEmbeddings: false,
      engines: [summariseEngine(engineName, [sequence])],
    };
  }

  it('has a row for each engine, from the latest run of each, and survives the file', async () => {
    const runs = [
      await resultOf('sam', 0.2),
      await resultOf('memory:no-colour', 0.6),
      await resultOf('sam', 0.4),
    ];
    const read = runs.map((run) => parseBenchResult(JSON.parse(JSON.stringify(run))));
    const text = reportText(read);
    const rows = text.split('\n').filter((line) => line.startsWith('| davis | `sam`'));
    const j = runs[2]!.engines[0]!.steps[0]!.scores.j!.toFixed(3);
    expect(rows[0]).toContain(`| ${j} |`);
    expect(text).toContain('`memory:no-colour`');
    expect(text).not.toContain(runs[0]!.engines[0]!.steps[0]!.scores.j!.toFixed(3));
    expect(text).not.toMatch(/undefined|NaN|null/);
  });

  it('keeps runs with another SAM apart', async () => {
    const runs = [await resultOf('memory', 0.2), { ...(await resultOf('memory', 0.4)), sam: 'sam-vit-b' }];
    const text = reportText(runs);
    const [j, other] = runs.map(({ engines }) => engines[0]!.steps[0]!.scores.j!.toFixed(3));
    expect(text).toContain(`| davis | \`memory\` | ${j} |`);
    expect(text).toContain(`| davis | \`memory --sam sam-vit-b\` | ${other} |`);
    expect(resultText(runs[1]!)).toContain('== memory, with sam-vit-b ==');
  });

  it('is printed for the terminal, with the corrections', async () => {
    const text = resultText(await resultOf('memory', 0.3));
    expect(text).toContain('== memory ==');
    expect(text).toMatch(/scripted: 0\.\d{3} -> 0\.\d{3} \(frame \d+\)/);
    expect(text).not.toMatch(/undefined|NaN/);
  });

  it('refuses files that are none', () => {
    expect(() => parseBenchResult({ formatVersion: 2 })).toThrow(/formatVersion/);
  });
});
