/** Planning studies, what their methods start from, and what their results come to. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { objectId } from '../base/ids';
import { resultSet } from '../compare/maskSet';
import { createLabel } from '../label/label';
import type { FrameMask, Tracks } from '../track/maskTrack';
import { printSizeMm, withPrintSize } from './printSize';
import { layoutSheet } from './sheetLayout';
import { availableMethods, methodId, methodName, planStudy, type StudyMethod } from './methods';
import { pairwiseIou } from './pairwise';
import { bestMethods, scoresOverTime, spreadFrames, studyCsv, studyRows } from './studyResult';
import type { MethodOutcome, StudyResult } from './studyResult';
import { givenFrames, presentAsGuesses, studyBase } from './studyTracks';

const one = objectId(1);
const label = createLabel([]);

function mask(area: number, confidence?: number): FrameMask {
  const rle = { size: [4, 4], counts: Uint32Array.of(0, area, 16 - area) } as const;
  const sure = confidence === undefined ? {} : { confidence };
  return { rle, box: [0, 0, 4, 4], areaPx: area, predictedIou: null, ...sure };
}

function tracksOf(prompted: [number, FrameMask][], propagated: [number, FrameMask][]): Tracks {
  return new Map([[one, { objectId: one, prompted: new Map(prompted), propagated: new Map(propagated) }]]);
}

const every = availableMethods({ hasSharedPoints: true, hasPropagated: true });

describe('Methods of a study', () => {
  it('are each engine with and without shared points, and refinements of those that are not SAM', () => {
    expect(
      availableMethods({ hasSharedPoints: false, hasPropagated: false }).map((method) => methodName(method)),
    ).toEqual(['SAM', 'Memory', 'Memory + SAM, box + mask', 'Memory + SAM, box only']);
    expect(every.map((method) => methodId(method))).toContain('sam shared points off');
    expect(new Set(every.map((method) => methodId(method))).size).toBe(every.length);
  });

  it('are those of the shelf where their weights are at hand, and are refined as others are', () => {
    const methods = availableMethods({
      hasSharedPoints: false,
      hasPropagated: false,
      readyModels: ['edgetam', 'xmem'],
    });
    expect(methods.map((method) => methodName(method))).toEqual([
      'SAM',
      'Memory',
      'XMem',
      'EdgeTAM',
      'Memory + SAM, box + mask',
      'Memory + SAM, box only',
      'XMem + SAM, box + mask',
      'XMem + SAM, box only',
      'EdgeTAM + SAM, box + mask',
      'EdgeTAM + SAM, box only',
    ]);
    expect(new Set(methods.map((method) => methodId(method))).size).toBe(methods.length);
  });

  it('run each once, after what they need, which runs even when it was not chosen', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...every)), (chosen: StudyMethod[]) => {
        const steps = planStudy(chosen);
        const ids = steps.map(({ method }) => methodId(method));
        expect(new Set(ids).size).toBe(ids.length);
        expect(new Set(steps.filter(({ isShown }) => isShown).map(({ method }) => methodId(method)))).toEqual(
          new Set(chosen.map((method) => methodId(method))),
        );
        steps.forEach(({ needs }, place) => {
          expect(needs === null || ids.slice(0, place).includes(needs)).toBe(true);
        });
      }),
    );
    const [step, ...rest] = planStudy([{ kind: 'refine', of: 'memory', prompt: 'box' }]);
    expect(step).toMatchObject({ isShown: false, method: { kind: 'propagate', engine: 'memory' } });
    expect(rest).toMatchObject([{ isShown: true, needs: 'memory' }]);
  });
});

describe('What a study starts from', () => {
  const tracks = tracksOf(
    [
      [2, mask(3)],
      [5, mask(4)],
    ],
    [
      [3, mask(5)],
      [4, mask(6)],
    ],
  );
  const range = { inFrame: 1, outFrame: 8 };

  it('is the first annotated frame of the range, or all, and nothing that was drawn', () => {
    expect(givenFrames(tracks, [label], range, 'first')).toEqual([2]);
    expect(givenFrames(tracks, [label], range, 'all')).toEqual([2, 5]);
    expect(givenFrames(tracks, [label], { inFrame: 6, outFrame: 8 }, 'all')).toEqual([]);
    const base = studyBase(tracks, [label], new Set([2])).get(one);
    expect([...(base?.prompted.keys() ?? [])]).toEqual([2]);
    expect(base?.propagated.size).toBe(0);
  });

  it('has the project’s masks as guesses where these are to be redrawn', () => {
    const guesses = presentAsGuesses(tracks, [label], new Set([2])).get(one);
    expect([...(guesses?.propagated.keys() ?? [])].toSorted((a, b) => a - b)).toEqual([3, 4, 5]);
    expect(guesses?.propagated.get(5)?.areaPx).toBe(4);
  });
});

describe('Results of a study', () => {
  const setOf = (area: number) =>
    resultSet(
      `m${area}`,
      `Method "${area}"`,
      { labels: [label], tracks: tracksOf([], [[1, mask(area, area / 16)]]) },
      { fromFrame: 0, toFrame: 2 },
    );
  const result: StudyResult = {
    frames: [1, 2],
    givenFrames: [0],
    methods: [8, 4].map((area) => ({
      id: `m${area}`,
      name: `Method "${area}"`,
      set: setOf(area),
      frames: [1],
      msPerFrame: 100 + area,
      outcome: 'done' as const,
    })),
  };
  const counts = { aOnlyPx: 0, bOnlyPx: 0, bothPx: 0 };
  const score = (j: number, f: number) => ({ ...counts, j, f });
  const scores = [
    {
      id: 'm8',
      scores: [
        { frameIndex: 1, pairs: [score(1, 0.5), score(0.5, 0.5)] },
        { frameIndex: 2, pairs: [] },
      ],
    },
  ];

  it('come to one row each, with nothing where nothing was scored', () => {
    expect(studyRows(result, scores)).toMatchObject([
      { id: 'm8', j: 0.75, f: 0.5, jAndF: 0.625, msPerFrame: 108, confidence: 0.5, framesDrawn: 1 },
      { id: 'm4', j: null, f: null, jAndF: null, confidence: 0.25 },
    ]);
    expect(scoresOverTime([1, 2, 3], scores[0]!, 'j')).toEqual([0.75, null, null]);
    expect(studyCsv(studyRows(result, scores), 'truth').split('\r\n')[1]).toBe(
      '"Method ""8""",truth,1,0.7500,0.5000,0.6250,108.0,0.500,done',
    );
  });

  it('have a best one among the methods that drew every frame', () => {
    const row = (id: string, jAndF: number | null, outcome: MethodOutcome, framesDrawn: number) => ({
      ...studyRows(result, [])[0]!,
      id,
      jAndF,
      outcome,
      framesDrawn,
    });
    const [a, b] = [row('a', 0.7, 'done', 2), row('b', 0.6, 'done', 2)];
    // Higher means, over fewer and easier frames.
    const unfair = [
      row('stopped', 0.9, 'stopped', 1),
      row('failed', 0.9, 'failed', 1),
      row('few', 0.9, 'done', 1),
    ];
    expect(bestMethods(result, [...unfair, a, b])).toEqual(['a']);
    expect(bestMethods(result, [...unfair, a])).toEqual([]);
    expect(bestMethods(result, [a, { ...b, jAndF: 0.7 }, row('none', null, 'done', 2)])).toEqual(['a', 'b']);
    expect(bestMethods(result, [])).toEqual([]);
  });

  it('agree with each other as far as they overlap', () => {
    expect(pairwiseIou([setOf(8), setOf(4)], [1, 2])).toEqual([
      [1, 0.5],
      [0.5, 1],
    ]);
  });

  it('are not held against each other where either is void', () => {
    const region = objectId(2);
    const withVoid = (area: number, fromPx: number, voidPx: number) => {
      const runs = Uint32Array.of(fromPx, voidPx, 16 - fromPx - voidPx);
      const ignored = { ...mask(voidPx), rle: { size: [4, 4], counts: runs } as const };
      const labels = [label, { ...createLabel([label]), objectId: region, role: 'void' as const }];
      const tracks = new Map(tracksOf([], [[1, mask(area)]])).set(region, {
        objectId: region,
        prompted: new Map([[1, ignored]]),
        propagated: new Map(),
      });
      return resultSet(`${fromPx}`, 'a', { labels, tracks }, { fromFrame: 1, toFrame: 1 });
    };
    // Of pixels 0-7 and 0-5, without 0-1 and without 6-7, both are left with 2-5.
    expect(pairwiseIou([withVoid(8, 0, 2), withVoid(6, 6, 2)], [1])[0]?.[1]).toBe(1);
  });

  it('are shown on frames spread from the first to the last', () => {
    expect(spreadFrames([0, 1, 2, 3, 4, 5, 6], 3)).toEqual([0, 3, 6]);
    expect(spreadFrames([4, 9], 5)).toEqual([4, 9]);
    expect(spreadFrames([], 3)).toEqual([]);
  });
});

describe('A contact sheet', () => {
  it('holds all its cells, none over another, in the proportions of the picture', () => {
    const side = fc.integer({ min: 16, max: 4000 });
    const count = fc.integer({ min: 1, max: 12 });
    fc.assert(
      fc.property(side, side, count, count, (width, height, columnCount, rowCount) => {
        const layout = layoutSheet({
          picture: { width, height },
          columns: Array.from({ length: columnCount }, (_, frameIndex) => ({ frameIndex, timeSec: 0 })),
          rows: Array.from({ length: rowCount }, () => ({ name: 'a', note: '' })),
          labelCount: 2,
        });
        const cells = layout.cells.flat();
        expect(cells).toHaveLength(columnCount * rowCount);
        for (const cell of cells) {
          expect(cell.x + cell.width).toBeLessThanOrEqual(layout.width - layout.margin + 1);
          expect(cell.y + cell.height).toBeLessThanOrEqual(layout.legend.y);
          expect(cell.x).toBeGreaterThanOrEqual(layout.rowHeads[0]!.x + layout.rowHeads[0]!.width);
          expect(Math.abs(cell.height - (cell.width * height) / width)).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('says how large it is in print, in the file, too', () => {
    expect(printSizeMm({ width: 3508, height: 2480 })).toEqual({ width: 297, height: 210 });
    const head = Uint8Array.from({ length: 40 }, (_, index) => index);
    const png = withPrintSize(head);
    expect(png.subarray(0, 33)).toEqual(head.subarray(0, 33));
    // Length 9, pHYs, 11811 dots to the metre both ways, unit metre, CRC (computed with zlib.crc32).
    const chunk = [
      0, 0, 0, 9, 0x70, 0x48, 0x59, 0x73, 0, 0, 0x2e, 0x23, 0, 0, 0x2e, 0x23, 1, 0x78, 0xa5, 0x3f, 0x76,
    ];
    expect([...png.subarray(33, 54)]).toEqual(chunk);
    expect(png.subarray(54)).toEqual(head.subarray(33));
  });
});
