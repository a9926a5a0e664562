/** Values are written to files once at a time, and not at all once that is cancelled. */
import { expect, it } from 'vitest';
import { cancelledError } from '../core/base/errors';
import { createMaskflowStore } from '../state/store';
import { footage, maskOf } from './__fixtures__/appFixtures';
import { MeasurementExport } from './exportMeasurements';
import type { MeasureOptions } from './measureRequest';

function started() {
  const store = createMaskflowStore();
  store.getState().replaceFootage(footage());
  store.getState().setFrameMasks('prompted', 0, [[store.getState().labels[0]!.objectId, maskOf(4)]]);
  const calls: MeasureOptions[] = [];
  const files = new MeasurementExport(store, (_, options = {}) => {
    calls.push(options);
    return new Promise((_resolve, reject) => {
      options.signal?.addEventListener('abort', () => reject(cancelledError()));
    });
  });
  return { store, calls, files };
}

it('tells how far it is, starts no second time, and is cancelled without a word', async () => {
  const { store, calls, files } = started();
  const running = files.start();
  await files.start();
  expect(calls).toHaveLength(1);
  calls[0]!.onProgress?.({ done: 2, total: 5 });
  expect(store.getState().measurementExport).toEqual({ done: 2, total: 5 });
  files.cancel();
  await running;
  expect(store.getState().measurementExport).toBeNull();
  expect(store.getState().messages).toEqual([]);
  const again = files.start();
  expect(calls).toHaveLength(2);
  files.cancel();
  await again;
});

it('ends with its footage', async () => {
  const { store, calls, files } = started();
  const running = files.start();
  store.getState().replaceFootage(footage({ width: 8, height: 8 }));
  await running;
  expect(calls[0]!.signal?.aborted).toBe(true);
  expect(store.getState().measurementExport).toBeNull();
});

it('says so when there is nothing to measure', async () => {
  const { store, calls, files } = started();
  store.getState().resetAnnotation();
  await files.start();
  expect(calls).toHaveLength(0);
  expect(store.getState().messages[0]?.kind).toBe('error');
});
