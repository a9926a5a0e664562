/** Waiting ends with the work or with a cancel, whichever comes first. */
import { expect, it } from 'vitest';
import { unlessCancelled } from './unlessCancelled';

it('gives what the work gives, and its error', async () => {
  const { signal } = new AbortController();
  expect(await unlessCancelled(Promise.resolve(3), signal)).toBe(3);
  await expect(unlessCancelled(Promise.reject(new Error('no')), signal)).rejects.toThrow('no');
});

it('ends at a cancel, before or meanwhile, and leaves no error of the work unheard', async () => {
  const controller = new AbortController();
  let fail: (error: Error) => void = () => undefined;
  const work = new Promise<never>((_, reject) => {
    fail = reject;
  });
  const waiting = unlessCancelled(work, controller.signal);
  controller.abort();
  await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
  await expect(unlessCancelled(work, controller.signal)).rejects.toMatchObject({ code: 'cancelled' });
  fail(new Error('too late'));
});
