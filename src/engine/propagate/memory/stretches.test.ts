/** Runs cut at annotated frames: every frame once, brackets only between annotated ones, as progress counts them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { objectId } from '../../../core/base/ids';
import { createLabel } from '../../../core/label/label';
import type { FrameMask, Tracks } from '../../../core/track/maskTrack';
import { countSteps, planPropagation } from '../../../core/track/propagationPlan';
import { withFrameMasks } from '../../../core/track/trackEdits';
import { stretchesOf, type Stretch } from './stretches';

const frame = fc.nat(30);
const annotated = fc.uniqueArray(frame, { maxLength: 10 });

/** The frames a stretch draws, in running order. */
function framesOf({ from, to }: Stretch, direction: 1 | -1): number[] {
  return Array.from({ length: (to - from) * direction }, (_, step) => from + direction * (step + 1));
}

function run(from: number, to: number): { frames: number[]; direction: 1 | -1 } {
  const direction = to < from ? -1 : 1;
  return { direction, frames: framesOf({ from, to, end: null, isBracket: false }, direction) };
}

describe('stretchesOf', () => {
  it('draws every frame of the run once, or has it as an annotated end, in running order', () => {
    fc.assert(
      fc.property(frame, frame, annotated, (start, end, given) => {
        const { frames, direction } = run(start, end);
        const covered = stretchesOf(start, end, given).flatMap((stretch) => [
          ...framesOf(stretch, direction),
          ...(stretch.end === null || stretch.end === end + direction ? [] : [stretch.end]),
        ]);
        expect(covered).toEqual(frames);
      }),
    );
  });

  it('draws no annotated frame, and goes on from where it ended', () => {
    fc.assert(
      fc.property(frame, frame, annotated, (start, end, given) => {
        const stretches = stretchesOf(start, end, given);
        const { direction } = run(start, end);
        stretches.forEach((stretch, index) => {
          expect(stretch.from).toBe(index === 0 ? start : stretches[index - 1]!.end);
          for (const drawn of framesOf(stretch, direction)) {
            expect(given).not.toContain(drawn);
          }
        });
      }),
    );
  });

  it('is drawn from both sides between two annotated frames and nowhere else', () => {
    fc.assert(
      fc.property(frame, frame, annotated, (start, end, given) => {
        for (const stretch of stretchesOf(start, end, given)) {
          expect(stretch.isBracket).toBe(
            given.includes(stretch.from) && stretch.end !== null && given.includes(stretch.end),
          );
          expect(stretch.end === null || given.includes(stretch.end)).toBe(true);
        }
      }),
    );
  });

  it('sees nothing beyond the frame right behind the run, nor before its start', () => {
    fc.assert(
      fc.property(frame, frame, annotated, (start, end, given) => {
        const { frames, direction } = run(start, end);
        const seen = [start, ...frames, end + direction];
        expect(stretchesOf(start, end, given)).toEqual(
          stretchesOf(
            start,
            end,
            given.filter((at) => seen.includes(at)),
          ),
        );
      }),
    );
  });

  it('is as long as the progress of a planned run counts', () => {
    const one = objectId(1);
    const mask: FrameMask = {
      rle: { size: [2, 2], counts: Uint32Array.of(0, 4) },
      box: [0, 0, 2, 2],
      areaPx: 4,
      predictedIou: null,
    };
    const label = createLabel([]);
    fc.assert(
      fc.property(
        annotated,
        frame,
        fc.constantFrom(1 as const, -1 as const),
        fc.boolean(),
        (given, start, direction, untilPrompted) => {
          const tracks = given.reduce<Tracks>(
            (sum, at) => withFrameMasks(sum, 'prompted', at, [[one, mask]]),
            new Map(),
          );
          const range = { inFrame: 3, outFrame: 27 };
          const plan = planPropagation(tracks, [label], start, { direction, untilPrompted, range });
          fc.pre(plan !== null);
          const steps = stretchesOf(
            plan!.startFrame,
            plan!.endFrame,
            plan!.annotated.map(({ frameIndex }) => frameIndex),
          ).map((stretch) => {
            const drawn = framesOf(stretch, direction).length * (stretch.isBracket ? 2 : 1);
            const endsInside = stretch.end !== null && (plan!.endFrame - stretch.end) * direction >= 0;
            return drawn + (endsInside ? 1 : 0);
          });
          expect(steps.reduce((sum, count) => sum + count, 0)).toBe(countSteps(plan!));
        },
      ),
      { numRuns: 300 },
    );
  });
});
