/** The lock's order and that it holds. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SessionMutex, type Priority } from './sessionMutex';

const anyJobs = fc.array(
  fc.record({
    priority: fc.constantFrom<Priority>('interactive', 'background'),
    turns: fc.integer({ min: 0, max: 3 }),
    isFailing: fc.boolean(),
  }),
  { minLength: 1, maxLength: 12 },
);

async function waitTurns(turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) {
    await Promise.resolve();
  }
}

describe('SessionMutex', () => {
  it('runs one at a time, interactive ones first, in order within a class, whatever fails', async () => {
    await fc.assert(
      fc.asyncProperty(anyJobs, async (jobs) => {
        const mutex = new SessionMutex();
        const order: number[] = [];
        let running = 0;
        const results = await Promise.allSettled(
          jobs.map(({ priority, turns, isFailing }, index) =>
            mutex.run(priority, async () => {
              order.push(index);
              running += 1;
              expect(running).toBe(1);
              await waitTurns(turns);
              running -= 1;
              if (isFailing) {
                throw new Error('failed on purpose');
              }
              return index;
            }),
          ),
        );
        const waiting = [...jobs.keys()].slice(1);
        const ofClass = (wanted: Priority): number[] =>
          waiting.filter((index) => jobs[index]!.priority === wanted);
        expect(order).toEqual([0, ...ofClass('interactive'), ...ofClass('background')]);
        expect(results.map(({ status }) => status)).toEqual(
          jobs.map(({ isFailing }) => (isFailing ? 'rejected' : 'fulfilled')),
        );
      }),
    );
  });
});
