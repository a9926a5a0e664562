/** Void and locked regions: which mask holds, what they take, and what they leave alone. */
import { describe, expect, it } from 'vitest';
import { painted, row, rowMask } from './__fixtures__/rowMasks';
import { createLabel, exportNumber, type Label } from '../label/label';
import { rleArea } from '../mask/rle';
import { ignoredOn } from '../segment/segmentation';
import { annotatedFrames, framesWithPromptedMasks } from './annotatedFrames';
import type { Tracks } from './maskTrack';
import { planPropagation } from './propagationPlan';
import { ignoredPixels, regionMaskAt, regionRle, withLockedKept } from './regions';
import { shownMasks } from './seenMasks';
import { withFrameMasks } from './trackEdits';
import { masksOfFrame } from './visibleMasks';

const object = createLabel([]);
const ignored = createLabel([object], 'void');
const locked = createLabel([object, ignored], 'locked');
const labels: readonly Label[] = [object, ignored, locked];

function tracksOf(): Tracks {
  let tracks: Tracks = new Map();
  tracks = withFrameMasks(tracks, 'propagated', 5, [[object.objectId, rowMask('.####...')]]);
  tracks = withFrameMasks(tracks, 'prompted', 3, [[ignored.objectId, rowMask('...##...', painted)]]);
  tracks = withFrameMasks(tracks, 'prompted', 6, [[ignored.objectId, rowMask('........', painted)]]);
  return withFrameMasks(tracks, 'prompted', 8, [[locked.objectId, rowMask('##......', painted)]]);
}

describe('regionMaskAt', () => {
  it('holds from the frame it was painted on to the next, and before the first one', () => {
    const track = tracksOf().get(ignored.objectId);
    expect([0, 3, 5, 6, 9].map((frame) => regionMaskAt(track, frame)?.areaPx)).toEqual([2, 2, 2, 0, 0]);
    expect(regionMaskAt(undefined, 3)).toBeNull();
  });
});

describe('regions on a frame', () => {
  it('lie under the labels when locked and over them when void', () => {
    expect(masksOfFrame(tracksOf(), labels, 5).map(({ objectId, region }) => [objectId, region])).toEqual([
      [locked.objectId, 'locked'],
      [object.objectId, undefined],
      [ignored.objectId, 'void'],
    ]);
  });

  it('take void pixels from what is shown and measured, and locked ones from nothing', () => {
    const shown = new Map(shownMasks(tracksOf(), labels, 5).map(({ objectId, rle }) => [objectId, rle]));
    expect(shown.get(object.objectId)).toEqual(row('.##.....'));
    expect(shown.get(ignored.objectId)).toEqual(row('...##...'));
  });

  it('are not told to engines as labels, and make no frame an annotated one', () => {
    const tracks = withFrameMasks(tracksOf(), 'prompted', 5, [[object.objectId, rowMask('.####...')]]);
    expect(framesWithPromptedMasks(tracks, labels)).toEqual([5]);
    const plan = planPropagation(tracks, labels, 5, {
      direction: 1,
      untilPrompted: true,
      range: { inFrame: 0, outFrame: 9 },
    });
    expect(plan).toMatchObject({ endFrame: 9, conditioning: [] });
    expect(plan?.startMasks).toEqual([{ objectId: object.objectId, rle: row('.####...') }]);
    expect(annotatedFrames(tracks, labels)).toEqual([
      { frameIndex: 5, masks: [{ objectId: object.objectId, rle: row('.####...') }], guesses: [] },
    ]);
  });

  it('are told as pixels to ignore, from the frames on which they change', () => {
    const entries = ignoredPixels(tracksOf(), labels);
    expect(entries.map(({ fromFrame }) => fromFrame)).toEqual([3, 6]);
    expect([0, 3, 5].map((frame) => ignoredOn(entries, frame))).toEqual(Array(3).fill(row('...##...')));
    expect(ignoredOn(entries, 6)).toBeNull();
    expect(ignoredOn(undefined, 6)).toBeNull();
  });

  it('are 255 in exports when void, and nothing when locked', () => {
    expect(labels.map(({ objectId }) => exportNumber(labels, objectId))).toEqual([1, 255, null]);
  });
});

describe('withLockedKept', () => {
  it('draws outside the locked pixels only', () => {
    const drawn = rowMask('####....', { confidence: 0.5 });
    const zone = regionRle(tracksOf(), labels, 2, 'locked');
    expect(zone).toEqual(row('##......'));
    expect(withLockedKept(drawn, row('#......#'), zone)).toMatchObject({
      rle: row('#.##....'),
      areaPx: 3,
      confidence: 0.5,
    });
    expect(rleArea(withLockedKept(drawn, null, zone).rle)).toBe(2);
    expect(withLockedKept(drawn, null, null)).toBe(drawn);
  });
});
