/** What each overlay style paints of a frame's masks, and where the picture shows through. */
import { expect, it } from 'vitest';
import { encodeRle } from '../../core/mask/rle';
import { overlayKinds } from '../../state/slices/displayState';
import { createMaskflowStore } from '../../state/store';
import { testFootage } from '../tools/testing/toolBench';
import { paintedMasks, styledContents } from './maskPainter';
import { onionContents } from './onionSkin';

/** An object and a competitor with masks on frames 3 and 4. */
function shownStore() {
  const store = createMaskflowStore();
  store.getState().replaceFootage(testFootage(4, 4, 10));
  const [object] = store.getState().labels;
  const competitor = store.getState().addLabel('competitor');
  const mask = {
    rle: encodeRle({ width: 4, height: 4, data: new Uint8Array(16).fill(1, 4, 8) }),
    box: [0, 1, 4, 2],
    areaPx: 4,
    predictedIou: null,
  } as const;
  for (const frame of [3, 4]) {
    store.getState().setFrameMasks('propagated', frame, [
      [object!.objectId, mask],
      [competitor.objectId, mask],
    ]);
  }
  store.getState().setShownFrame(4);
  return store;
}

it('keeps the picture behind fill and outline, and puts black behind cut-out and matte', () => {
  const state = shownStore().getState();
  const masks = paintedMasks(state);
  const looks = overlayKinds.map((kind) => {
    const { masks: painted, fillAlpha, isOutlined = true, backdrop } = styledContents(masks, kind, state);
    return [kind, painted.length, fillAlpha, isOutlined, backdrop];
  });
  expect(looks).toEqual([
    ['fill', 2, 0.45, false, undefined],
    ['outline', 2, 0, true, undefined],
    ['fillAndOutline', 2, 0.45, true, undefined],
    ['maskedBackground', 1, 0, false, '#000000'],
    ['matte', 1, 1, false, '#000000'],
  ]);
});

it('hides nothing of the bare frame', () => {
  const store = shownStore();
  store.getState().setBareFrame(true);
  const state = store.getState();
  expect(styledContents(paintedMasks(state), 'matte', state)).toMatchObject({ masks: [] });
  expect(styledContents(paintedMasks(state), 'matte', state).backdrop).toBeUndefined();
});

it('shows the frame before only when wanted, and only where there is one', () => {
  const store = shownStore();
  expect(onionContents(store.getState()).masks).toEqual([]);
  store.getState().setOverlayStyle({ hasOnionSkin: true });
  expect(onionContents(store.getState())).toMatchObject({ fillAlpha: 0, isDashed: true });
  expect(onionContents(store.getState()).masks).toHaveLength(2);
  store.getState().setShownFrame(3);
  expect(onionContents(store.getState()).masks).toEqual([]);
  store.getState().setShownFrame(0);
  expect(onionContents(store.getState()).masks).toEqual([]);
});
