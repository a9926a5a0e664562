/** Accepting frames, and the versions that runs leave behind, are steps of undo like everything else. */
import { describe, expect, it } from 'vitest';
import { newFootageId, objectId } from '../core/base/ids';
import type { FrameMask } from '../core/track/maskTrack';
import { createMaskflowStore } from './store';
import { travelHistory } from './travelHistory';

const one = objectId(1);

const mask: FrameMask = {
  rle: { size: [8, 8], counts: Uint32Array.of(64) },
  box: null,
  areaPx: 0,
  predictedIou: 0.9,
};

function open() {
  const store = createMaskflowStore();
  const openClip = (): void =>
    store.getState().replaceFootage({
      footageId: newFootageId(),
      name: 'clip.mp4',
      kind: 'video',
      decoder: 'webcodecs',
      width: 8,
      height: 8,
      frameTable: {
        timestampsSec: Float64Array.from({ length: 50 }, (_, i) => i / 25),
        lastDurationSec: 0.04,
      },
      frameRate: 25,
      frameNames: null,
      codec: 'avc1',
      notes: [],
    });
  openClip();
  store.temporal.getState().clear();
  return { store, openClip, state: () => store.getState(), history: () => store.temporal.getState() };
}

describe('review', () => {
  it('takes back what was accepted, never what was made by hand', () => {
    const { state } = open();
    const two = state().addLabel().objectId;
    const painted = { ...mask, isAccepted: true, edit: 'painted' as const };
    state().setFrameMasks('prompted', 3, [[one, painted]]);
    state().setFrameMasks('propagated', 3, [[two, mask]]);
    state().acceptFrame(3);
    expect(state().tracks.get(two)?.prompted.has(3)).toBe(true);
    state().unacceptFrame(3);
    expect(state().tracks.get(two)?.prompted.has(3)).toBe(false);
    expect(state().tracks.get(one)?.prompted.get(3)).toBe(painted);
    const { acceptances } = state();
    state().unacceptFrame(3);
    expect(state().acceptances).toBe(acceptances);
  });

  it('makes accepting a frame one step, which a run after it does not take along', () => {
    const { state, store, history } = open();
    state().setFrameMasks('propagated', 3, [[one, mask]]);
    state().acceptFrame(4);
    expect(history().pastStates).toHaveLength(0);
    state().acceptFrame(3);
    state().acceptFrame(3);
    expect(history().pastStates).toHaveLength(1);
    expect(state().tracks.get(one)?.prompted.get(3)?.isAccepted).toBe(true);
    state().unacceptFrame(3);
    expect(state().tracks.get(one)?.prompted.size).toBe(0);
    travelHistory(store, 'undo');
    state().beginPropagationRun();
    state().setFrameMasks('propagated', 5, [[one, mask]]);
    travelHistory(store, 'undo');
    expect(state().tracks.get(one)?.prompted.has(3)).toBe(true);
    travelHistory(store, 'undo');
    expect(state().tracks.get(one)?.prompted.size).toBe(0);
    expect(state().tracks.get(one)?.propagated.has(3)).toBe(true);
    expect(state().tracks.get(one)?.propagated.has(5)).toBe(false);
  });

  it('keeps the masks before a run as a version, puts them back in one step, and takes that back', () => {
    const { state, store, openClip } = open();
    const note = { kind: 'refine', name: 'Before', fromFrame: 2, toFrame: 4 } as const;
    state().beginPropagationRun(note);
    expect(state().versions).toEqual([]);
    state().setFrameMasks('propagated', 3, [[one, mask]]);
    state().beginPropagationRun(note);
    const redrawn = { ...mask };
    state().setFrameMasks('propagated', 3, [[one, redrawn]]);
    const [version] = state().versions;
    state().setComparedVersion(version?.id ?? null);
    state().restoreVersion(version?.id ?? 0);
    expect(state().tracks.get(one)?.propagated.get(3)).toBe(mask);
    expect(state().versions.map(({ name, kind }) => [kind, name])).toEqual([
      ['refine', 'Before'],
      ['restore', 'Before restoring frames 2-4'],
    ]);
    travelHistory(store, 'undo');
    expect(state().tracks.get(one)?.propagated.get(3)).toBe(redrawn);
    expect(state().versions).toHaveLength(1);
    travelHistory(store, 'undo');
    expect(state().versions).toEqual([]);
    travelHistory(store, 'redo');
    expect(state().versions).toEqual([version]);
    openClip();
    expect(state()).toMatchObject({ versions: [], comparedVersionId: null });
  });
});
