/** What is left of a run that was cut short. */
import { describe, expect, it } from 'vitest';
import { continuations, type RunOrder, type UnfinishedRun } from './unfinishedRun';

const range = { inFrame: 0, outFrame: 99 };

function cut(order: RunOrder, lastFrame: number | null, extra: Partial<UnfinishedRun> = {}): UnfinishedRun {
  return { order, startedAtMs: 1, startFrame: 40, lastFrame, hasTwoPasses: false, ...extra };
}

const run = (direction: 'forward' | 'backward' | 'both'): RunOrder => ({
  kind: 'propagate',
  direction,
  extent: 'untilPrompted',
});

describe('continuations', () => {
  it('go on from the last frame, the way it went', () => {
    expect(continuations(cut(run('forward'), 57), range)).toEqual([{ fromFrame: 57, order: run('forward') }]);
    expect(continuations(cut(run('backward'), 12), range)).toEqual([
      { fromFrame: 12, order: run('backward') },
    ]);
  });

  it('bring both ways to their ends', () => {
    const back = { fromFrame: 40, order: run('backward') };
    expect(continuations(cut(run('both'), 57), range)).toEqual([
      { fromFrame: 57, order: run('forward') },
      back,
    ]);
    expect(continuations(cut(run('both'), 99), range)).toEqual([back]);
    expect(continuations(cut(run('both'), 12), range)).toEqual([{ fromFrame: 12, order: run('backward') }]);
    expect(continuations(cut(run('forward'), 99), range)).toEqual([]);
  });

  it('are over right before a prompted frame, where that was the end', () => {
    const back = { fromFrame: 40, order: run('backward') };
    expect(continuations(cut(run('both'), 57), range, new Set([40, 58]))).toEqual([back]);
    expect(continuations(cut(run('both'), 57), range, new Set([39, 40, 58]))).toEqual([]);
    expect(continuations(cut(run('both'), 12), range, new Set([11, 40]))).toEqual([]);
    const whole: RunOrder = { kind: 'propagate', direction: 'both', extent: 'wholeRange' };
    expect(continuations(cut(whole, 57), range, new Set([40, 58]))).toHaveLength(2);
  });

  it('begin anew where nothing was drawn, or frames come twice, or masks were being redrawn', () => {
    expect(continuations(cut(run('both'), null), range)).toEqual([{ fromFrame: 40, order: run('both') }]);
    expect(continuations(cut(run('forward'), 57, { hasTwoPasses: true }), range)).toEqual([
      { fromFrame: 40, order: run('forward') },
    ]);
    const refine: RunOrder = { kind: 'refine', prompt: 'box' };
    expect(continuations(cut(refine, 57), range)).toEqual([{ fromFrame: 40, order: refine }]);
  });
});
