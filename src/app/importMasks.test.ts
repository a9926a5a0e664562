/** Bringing masks in: nothing changes before the user agrees, then everything in one step. */
import { describe, expect, it, vi } from 'vitest';
import { UserFacingError } from '../core/base/errors';
import { defaultChoices } from '../core/import/planImport';
import type { RawPicture } from '../core/import/rawPictures';
import { scaleRle } from '../core/import/scaleRle';
import { encodeRle } from '../core/mask/rle';
import { travelHistory } from '../state/travelHistory';
import { maskOf, one, ready } from './__fixtures__/appFixtures';
import { MaskImport } from './importMasks';
import type { ImportService } from './services';

const file = { file: new File(['x'], 'masks.zip'), path: 'masks.zip' };

function picture(frame: number, values: readonly number[], side = 8): RawPicture {
  const rle = encodeRle({ width: side, height: side, data: new Uint8Array(side * side).fill(1) });
  return {
    kind: 'indexed',
    path: `${String(frame).padStart(5, '0')}.png`,
    size: { width: side, height: side },
    values: values.map((value) => ({ value, rle })),
  };
}

function open(pictures: readonly RawPicture[], service: Partial<ImportService> = {}) {
  const store = ready();
  store.temporal.getState().clear();
  const openFootage = vi.fn(async () => undefined);
  const raw = { name: 'masks.zip', pictures, labelsFile: null, framesFile: null, notes: [] };
  const importer: ImportService = {
    read: async () => ({ kind: 'pictures', raw }),
    scale: async (odd, size) =>
      odd.map((one_) => ({
        ...one_,
        size,
        masks: one_.masks.map((mask) => ({ ...mask, rle: scaleRle(mask.rle, size) })),
      })),
    looksLikeMasks: async () => true,
    ...service,
  };
  const maskImport = new MaskImport(store, importer, openFootage);
  const steps = (): number => store.temporal.getState().pastStates.length;
  const order = { choices: defaultChoices, greyReading: null };
  return { store, maskImport, openFootage, steps, order, state: () => store.getState() };
}

describe('importing masks', () => {
  it('shows first, then makes labels and masks one step, which undo takes back', async () => {
    const { maskImport, state, store, steps, order } = open([picture(3, [1]), picture(5, [2])]);
    await maskImport.read([file]);
    expect(state().importing).toMatchObject({ kind: 'preview' });
    expect([steps(), state().tracks.size]).toEqual([0, 0]);
    await maskImport.commit(order);
    expect(steps()).toBe(1);
    expect(state().labels).toHaveLength(2);
    expect(state().tracks.get(one)?.prompted.get(3)).toMatchObject({ edit: 'imported', isAccepted: true });
    expect(state()).toMatchObject({ importing: null, currentFrame: 3, lastObjectId: 2 });
    expect(state().lastEdit).toMatchObject({ name: 'Import of masks.zip', fromFrame: 3, toFrame: 5 });
    travelHistory(store, 'undo');
    expect([state().labels.length, state().tracks.get(one)?.prompted.size]).toEqual([1, 0]);
    travelHistory(store, 'redo');
    expect(state().labels).toHaveLength(2);
  });

  it('scales what has another size, and only when asked to', async () => {
    const { maskImport, state, order } = open([picture(0, [1], 4)]);
    await maskImport.read([file]);
    await maskImport.commit(order);
    expect(state().tracks.size).toBe(0);
    await maskImport.read([file]);
    await maskImport.commit({ ...order, choices: { ...defaultChoices, isScaled: true } });
    expect(state().tracks.get(one)?.prompted.get(0)).toMatchObject({ areaPx: 64 });
  });

  it('keeps locked pixels free', async () => {
    const { maskImport, state, order } = open([picture(2, [1])]);
    const locked = state().addLabel('locked').objectId;
    state().setActiveLabel(one);
    state().setFrameMasks('prompted', 0, [[locked, maskOf(10)]]);
    await maskImport.read([file]);
    await maskImport.commit(order);
    expect(state().tracks.get(one)?.prompted.get(2)?.areaPx).toBe(54);
  });

  it('changes nothing when reading fails or is cancelled', async () => {
    const broken = new UserFacingError({
      code: 'import-unreadable',
      what: 'a.png is cut.',
      safe: '',
      todo: '',
    });
    const failing = open([], { read: () => Promise.reject(broken) });
    await failing.maskImport.read([file]);
    expect(failing.state()).toMatchObject({
      importing: null,
      messages: [{ message: { what: 'a.png is cut.' } }],
    });

    let finish: () => void = () => undefined;
    const slow = open([], {
      read: () =>
        new Promise((_, reject) => {
          finish = () => reject(broken);
        }),
    });
    const reading = slow.maskImport.read([file]);
    expect(slow.state().importing).toMatchObject({ kind: 'working' });
    slow.maskImport.cancel();
    finish();
    await reading;
    expect(slow.state()).toMatchObject({ importing: null, messages: [] });
  });
});

describe('dropped files', () => {
  it('are asked about when they look like masks, and opened when the user says so', async () => {
    const { maskImport, state, openFootage } = open([picture(0, [1])]);
    await maskImport.drop([file]);
    expect(state().importing).toEqual({ kind: 'asking', name: 'masks.zip' });
    await maskImport.answerDrop('footage');
    expect(openFootage).toHaveBeenCalledWith([file]);
    expect(state().importing).toBeNull();
    await maskImport.drop([file]);
    await maskImport.answerDrop('masks');
    expect(state().importing).toMatchObject({ kind: 'preview' });
  });

  it('are footage while none is open, or when they do not look like masks', async () => {
    const other = open([], { looksLikeMasks: async () => false });
    await other.maskImport.drop([file]);
    expect(other.openFootage).toHaveBeenCalledTimes(1);
    const none = open([]);
    none.store.setState({ footage: null });
    await none.maskImport.drop([file]);
    expect(none.openFootage).toHaveBeenCalledTimes(1);
    await none.maskImport.read([file]);
    expect(none.state().messages).toMatchObject([{ message: { code: 'import-nothing' } }]);
  });
});
