/** Takes the masks of a frame as true: what was propagated there becomes annotation. */
import type { ObjectId } from '../base/ids';
import type { Label } from '../label/label';
import { rleArea, rleBox } from '../mask/rle';
import { maskAt, type FrameMask, type Tracks } from './maskTrack';
import { seenMasks } from './seenMasks';
import { withFrameMasks } from './trackEdits';

/**
 * The prompted masks that accepting a frame adds: those of labels that have only a propagated mask there, as it is
 * seen, an empty one too (the label is not here). Labels with no mask at all get none: nobody has looked for them.
 */
export function acceptedMasks(
  tracks: Tracks,
  labels: readonly Label[],
  frameIndex: number,
): (readonly [ObjectId, FrameMask])[] {
  return seenMasks(tracks, labels, frameIndex).flatMap(({ objectId, rle }) => {
    const found = maskAt(tracks.get(objectId), frameIndex);
    if (found?.source !== 'propagated') {
      return [];
    }
    // How sure the engine was, and by which cue, is a matter of guesses.
    const { confidence: _confidence, cue: _cue, ...mask } = found.mask;
    const seen = rle === mask.rle ? mask : { ...mask, rle, box: rleBox(rle), areaPx: rleArea(rle) };
    return [[objectId, { ...seen, isAccepted: true }] as const];
  });
}

/** Whether a mask is annotation only because the user took a guess as true; what was made by hand never was a guess. */
function isMerelyAccepted(mask: FrameMask | undefined): boolean {
  return mask?.isAccepted === true && mask.edit === undefined;
}

/** Without the accepted masks of a frame; what was propagated, drawn from prompts or made by hand stays. */
export function withoutAccepted(tracks: Tracks, frameIndex: number): Tracks {
  const accepted = [...tracks].filter(([, track]) => isMerelyAccepted(track.prompted.get(frameIndex)));
  return withFrameMasks(
    tracks,
    'prompted',
    frameIndex,
    accepted.map(([objectId]) => [objectId, null] as const),
  );
}

/** Whether a label has an accepted mask on the frame; masks made by hand do not count. */
export function hasAcceptedMask(tracks: Tracks, frameIndex: number): boolean {
  return [...tracks.values()].some((track) => isMerelyAccepted(track.prompted.get(frameIndex)));
}
