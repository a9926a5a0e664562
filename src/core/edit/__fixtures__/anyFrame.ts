/** Frames with any masks at all, and what is seen of them. */
import * as fc from 'fast-check';
import { objectId } from '../../base/ids';
import type { Label, LabelRole } from '../../label/label';
import { decodeRle, encodeRle, rleBox, type Rle } from '../../mask/rle';
import type { FrameMask, MaskTrack, Tracks } from '../../track/maskTrack';
import { seenMasks } from '../../track/seenMasks';
import { withFrameMasks } from '../../track/trackEdits';
import { masksOfFrame } from '../../track/visibleMasks';
import type { MaskChanges, PaintedFrame } from '../paintRegion';

const WIDTH = 6;
const HEIGHT = 5;
const PIXELS = WIDTH * HEIGHT;
export const FRAME = 7;

export function rleOf(isInside: (pixel: number) => boolean): Rle {
  const data = Uint8Array.from({ length: PIXELS }, (_, pixel) => (isInside(pixel) ? 1 : 0));
  return encodeRle({ width: WIDTH, height: HEIGHT, data });
}

export function pixelsOf(rle: Rle | undefined): number[] {
  return rle ? [...decodeRle(rle).data].flatMap((value, pixel) => (value ? [pixel] : [])) : [];
}

export function maskOf(rle: Rle, extra: Partial<FrameMask> = {}): FrameMask {
  return { rle, box: rleBox(rle), areaPx: pixelsOf(rle).length, predictedIou: 0.9, ...extra };
}

export function labelOf(id: number, role: LabelRole): Label {
  return { objectId: objectId(id), name: `label ${id}`, colour: '#e69f00', role, isVisible: true };
}

type Kind = 'none' | 'propagated' | 'accepted' | 'prompted';

export const pixelValues = (highest: number) =>
  fc.array(fc.integer({ min: 0, max: highest }), { minLength: PIXELS, maxLength: PIXELS });

/** Three labels, masks of one layer not overlapping, and a void and a locked region painted on another frame. */
export const anyFrame = fc
  .record({
    kinds: fc.array(fc.constantFrom<Kind>('none', 'propagated', 'accepted', 'prompted'), {
      minLength: 3,
      maxLength: 3,
    }),
    owners: fc.record({
      propagated: pixelValues(3),
      accepted: pixelValues(3),
      prompted: pixelValues(3),
    }),
    regions: pixelValues(9),
    hasRegions: fc.boolean(),
  })
  .map(({ kinds, owners, regions, hasRegions }): PaintedFrame => {
    const labels = [
      labelOf(1, 'object'),
      labelOf(2, 'object'),
      labelOf(3, 'competitor'),
      labelOf(4, 'void'),
      labelOf(5, 'locked'),
    ];
    const tracks = new Map<MaskTrack['objectId'], MaskTrack>();
    kinds.forEach((kind, index) => {
      const id = objectId(index + 1);
      if (kind !== 'none') {
        const rle = rleOf((pixel) => owners[kind][pixel] === index + 1);
        const mask = maskOf(rle, kind === 'accepted' ? { isAccepted: true } : {});
        const source = kind === 'propagated' ? 'propagated' : 'prompted';
        const track = { objectId: id, prompted: new Map(), propagated: new Map() };
        tracks.set(id, { ...track, [source]: new Map([[FRAME, mask]]) });
      }
    });
    if (hasRegions) {
      [4, 5].forEach((number, index) => {
        const rle = rleOf((pixel) => regions[pixel] === index + 1);
        const prompted = new Map([[2, maskOf(rle, { isAccepted: true, edit: 'painted' })]]);
        tracks.set(objectId(number), { objectId: objectId(number), prompted, propagated: new Map() });
      });
    }
    return { tracks, labels, frameIndex: FRAME };
  });

export function seenOf({ tracks, labels, frameIndex }: PaintedFrame): Map<number, number[]> {
  return new Map(seenMasks(tracks, labels, frameIndex).map(({ objectId: id, rle }) => [id, pixelsOf(rle)]));
}

export function regionPixels(
  { tracks, labels, frameIndex }: PaintedFrame,
  region: 'void' | 'locked',
): number[] {
  const found = masksOfFrame(tracks, labels, frameIndex).find((entry) => entry.region === region);
  return pixelsOf(found?.mask.rle);
}

export function after(frame: PaintedFrame, changes: MaskChanges): PaintedFrame {
  const tracks: Tracks = withFrameMasks(frame.tracks, 'prompted', FRAME, changes);
  return { ...frame, tracks };
}
