/** What a stroke shows while it is under way is what it changes when it is committed. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { objectId, type ObjectId } from '../../../core/base/ids';
import { paintRegion, type PaintedFrame } from '../../../core/edit/paintRegion';
import type { Label, LabelRole } from '../../../core/label/label';
import { composeLabelMap } from '../../../core/mask/labelMap';
import { encodeRle, rleArea, rleBox, type Rle } from '../../../core/mask/rle';
import type { FrameMask, Tracks } from '../../../core/track/maskTrack';
import { regionMaskAt } from '../../../core/track/regions';
import { seenMasks } from '../../../core/track/seenMasks';
import { withFrameMasks } from '../../../core/track/trackEdits';
import { markChangeable } from './changeable';
import { paintRequest, type PaintPlan } from './paintPlan';

const WIDTH = 7;
const HEIGHT = 5;
const PIXELS = WIDTH * HEIGHT;
const FRAME = 4;
const roles: readonly LabelRole[] = ['object', 'object', 'competitor', 'void', 'locked'];
const labels: readonly Label[] = roles.map((role, place) => ({
  objectId: objectId(place + 1),
  name: `label ${place + 1}`,
  colour: '#e69f00',
  role,
  isVisible: true,
}));

function rleOf(isInside: (pixel: number) => boolean): Rle {
  const data = Uint8Array.from({ length: PIXELS }, (_, pixel) => (isInside(pixel) ? 1 : 0));
  return encodeRle({ width: WIDTH, height: HEIGHT, data });
}

function maskOf(rle: Rle, extra: Partial<FrameMask>): FrameMask {
  return { rle, box: rleBox(rle), areaPx: rleArea(rle), predictedIou: null, ...extra };
}

const owners = (highest: number) =>
  fc.array(fc.integer({ min: 0, max: highest }), { minLength: PIXELS, maxLength: PIXELS });

/** Guesses under accepted masks, and regions painted on an earlier frame. */
const anyTracks = fc.tuple(owners(3), owners(3), owners(8)).map(([guessed, accepted, regions]): Tracks => {
  const masksOf = (
    ids: readonly number[],
    map: readonly number[],
    extra: Partial<FrameMask>,
  ): (readonly [ObjectId, FrameMask])[] =>
    ids.map((id) => [
      objectId(id),
      maskOf(
        rleOf((pixel) => map[pixel] === id),
        extra,
      ),
    ]);
  const held = { isAccepted: true, edit: 'painted' } as const;
  const guesses = withFrameMasks(new Map(), 'propagated', FRAME, masksOf([1, 2, 3], guessed, {}));
  const withAccepted = withFrameMasks(guesses, 'prompted', FRAME, masksOf([2, 3], accepted, held));
  return withFrameMasks(withAccepted, 'prompted', 1, masksOf([4, 5], regions, held));
});

const anyPlan = fc
  .record({
    frameIndex: fc.constant(FRAME),
    objectId: fc.integer({ min: 1, max: roles.length }).map(objectId),
    action: fc.constantFrom('add' as const, 'remove' as const),
    order: fc.constantFrom('onTop' as const, 'onlyBackground' as const, { onlyInside: objectId(2) }),
    name: fc.constant('Brush'),
    isForAll: fc.boolean(),
  })
  // Regions are erased by themselves.
  .map((plan): PaintPlan => ({ ...plan, isForAll: plan.isForAll && plan.objectId <= 3 }));

/** Who is seen where, regions apart from the others. */
function seenMaps({ tracks }: PaintedFrame): Uint8Array[] {
  const size = { width: WIDTH, height: HEIGHT };
  const numbered = seenMasks(tracks, labels, FRAME).map(({ objectId: number, rle }) => ({ number, rle }));
  const regions = labels
    .filter(({ role }) => role === 'void' || role === 'locked')
    .map((label) => {
      const mask = regionMaskAt(tracks.get(label.objectId), FRAME);
      return composeLabelMap(size, mask ? [{ number: label.objectId, rle: mask.rle }] : []).data;
    });
  return [composeLabelMap(size, numbered).data, ...regions];
}

it('marks the pixels that change, and no others', () => {
  fc.assert(
    fc.property(anyTracks, anyPlan, owners(1), (tracks, plan, reached) => {
      const frame = { tracks, labels, frameIndex: FRAME };
      const changeable = new Uint8Array(PIXELS).fill(1);
      markChangeable(changeable, WIDTH, frame, plan);
      const region = rleOf((pixel) => reached[pixel] === 1);
      const masks = paintRegion(frame, paintRequest(plan, region));
      const before = seenMaps(frame);
      const after = seenMaps({ ...frame, tracks: withFrameMasks(tracks, 'prompted', FRAME, masks) });
      const changed = reached.map((_, pixel) =>
        before.some((map, layer) => map[pixel] !== after[layer]![pixel]) ? 1 : 0,
      );
      expect(changed).toEqual(reached.map((value, pixel) => value & changeable[pixel]!));
    }),
    { numRuns: 400 },
  );
});
