/** What is kept of cut, cleaned and joined masks is made anew when anything it was made of changes. */
import { expect, it } from 'vitest';
import { createLabel, type Label } from '../label/label';
import { encodeSoftMask } from '../mask/softMask';
import { painted, row, rowMask } from './__fixtures__/rowMasks';
import { noCleanup } from './cleanupRules';
import type { FrameMask, Tracks } from './maskTrack';
import { regionRle } from './regions';
import { withFrameMasks, withTrackCleanup, withTrackThreshold } from './trackEdits';
import { masksOfFrame } from './visibleMasks';

const object = createLabel([]);
const other = createLabel([object]);
const left = createLabel([object, other], 'locked');
const right = createLabel([object, other, left], 'locked');
const labels: readonly Label[] = [object, other];
const range = { fromFrame: 0, toFrame: 9 };

function put(tracks: Tracks, label: Label, mask: FrameMask, frame = 5): Tracks {
  const source = label.role === 'object' ? 'propagated' : 'prompted';
  return withFrameMasks(tracks, source, frame, [[label.objectId, mask]]);
}

function seen(tracks: Tracks, all: readonly Label[] = labels): FrameMask | undefined {
  return masksOfFrame(tracks, all, 5).find(({ objectId }) => objectId === object.objectId)?.mask;
}

it('grows by its threshold only where others are now', () => {
  const soft = encodeSoftMask(
    Float32Array.from({ length: 8 }, (_, x) => 3.5 - x),
    8,
    1,
  );
  const grown = withTrackThreshold(put(new Map(), object, rowMask('##......', { soft })), object.objectId, {
    ...range,
    probability: 0.01,
  });
  expect(seen(put(grown, other, rowMask('......##')))?.rle).toEqual(row('######..'));
  expect(seen(put(grown, other, rowMask('....####')))?.rle).toEqual(row('####....'));
  expect(seen(put(grown, other, rowMask('.......#')))?.rle).toEqual(row('#######.'));
});

it('grows by its rule only where others are now', () => {
  const grown = withTrackCleanup(put(new Map(), object, rowMask('.##.....')), object.objectId, {
    ...range,
    rule: { ...noCleanup, growPx: 4 },
  });
  expect(seen(put(grown, other, rowMask('......##')))?.rle).toEqual(row('######..'));
  expect(seen(put(grown, other, rowMask('....####')))?.rle).toEqual(row('####....'));
});

it('is cleaned by the rule that holds now', () => {
  const drawn = put(new Map(), object, rowMask('#..##...'));
  const ruled = (rule: Partial<typeof noCleanup>): Tracks =>
    withTrackCleanup(drawn, object.objectId, { ...range, rule: { ...noCleanup, ...rule } });
  expect(seen(ruled({ minAreaPx: 2 }))?.rle).toEqual(row('...##...'));
  expect(seen(ruled({ minAreaPx: 3 }))?.rle).toEqual(row('........'));
  expect(seen(ruled({ keep: 'largest', growPx: 1 }))?.rle).toEqual(row('..####..'));
  expect(seen(drawn)?.rle).toEqual(row('#..##...'));
});

it('keeps the pixels that are locked now', () => {
  const cleaned = withTrackCleanup(put(new Map(), object, rowMask('.####...')), object.objectId, {
    ...range,
    rule: { ...noCleanup, minAreaPx: 9 },
  });
  const all = [...labels, left];
  expect(seen(put(cleaned, left, rowMask('##......', painted)), all)?.rle).toEqual(row('.#......'));
  expect(seen(put(cleaned, left, rowMask('####....', painted)), all)?.rle).toEqual(row('.###....'));
});

it('joins the regions that there are now', () => {
  const first = put(new Map(), left, rowMask('#.......', painted));
  const both = (pixels: string) =>
    regionRle(put(first, right, rowMask(pixels, painted)), [left, right], 5, 'locked');
  expect(both('.......#')).toEqual(row('#......#'));
  expect(both('......##')).toEqual(row('#.....##'));
  expect(regionRle(first, [left, right], 5, 'locked')).toEqual(row('#.......'));
});
