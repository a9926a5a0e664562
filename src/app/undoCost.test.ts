/** What undo keeps in memory: steps share everything that they did not change. */
import { expect, it } from 'vitest';
import type { Label } from '../core/label/label';
import type { FrameMask, Tracks } from '../core/track/maskTrack';
import { HISTORY_LIMIT } from '../state/history';
import { createMaskflowStore } from '../state/store';
import { footage } from './__fixtures__/appFixtures';

const FRAMES = 300;
const EDITS = 1000;

function maskOf(edit: FrameMask['edit'], serial: number): FrameMask {
  const rle = { size: [8, 8] as const, counts: Uint32Array.of(serial % 64, 64 - (serial % 64)) };
  return { rle, box: null, areaPx: 0, predictedIou: null, ...(edit ? { edit, isAccepted: true } : {}) };
}

it('keeps one mask for each edit that can be taken back, however many masks there are', () => {
  const store = createMaskflowStore();
  const frameTable = {
    timestampsSec: Float64Array.from({ length: FRAMES }, (_, i) => i / 10),
    lastDurationSec: 0.1,
  };
  store.getState().replaceFootage(footage({ frameTable }));
  const labels: Label[] = [...store.getState().labels];
  while (labels.length < 8) {
    labels.push(store.getState().addLabel());
  }
  store.getState().beginPropagationRun();
  for (let frame = 0; frame < FRAMES; frame += 1) {
    store.getState().setFrameMasks(
      'propagated',
      frame,
      labels.map(({ objectId }) => [objectId, maskOf(undefined, frame)] as const),
    );
  }
  store.temporal.getState().clear();
  for (let edit = 0; edit < EDITS; edit += 1) {
    const { objectId } = labels[edit % 8]!;
    const frameIndex = edit % FRAMES;
    store
      .getState()
      .commitEdit({ name: 'Brush', objectIds: [objectId], fromFrame: frameIndex, toFrame: frameIndex }, [
        { frameIndex, masks: [[objectId, maskOf('painted', edit)]] },
      ]);
  }
  const { pastStates } = store.temporal.getState();
  expect(pastStates).toHaveLength(HISTORY_LIMIT);
  const masks = new Set<FrameMask>();
  const propagated = new Set<unknown>();
  for (const { tracks } of [...pastStates, store.getState()] as { tracks: Tracks }[]) {
    for (const track of tracks.values()) {
      propagated.add(track.propagated);
      [...track.prompted.values(), ...track.propagated.values()].forEach((mask) => masks.add(mask));
    }
  }
  // 8 labels and 300 frames have 600 places that edits reach, which repeat with their least common multiple.
  const places = 600;
  expect(propagated.size).toBe(8);
  expect(masks.size).toBe(8 * FRAMES + places + HISTORY_LIMIT);
});
