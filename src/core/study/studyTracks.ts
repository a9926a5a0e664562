/** The masks that a study's methods start from: nothing but what was given. */
import type { Label } from '../label/label';
import { isRegionRole } from '../label/label';
import { framesWithPromptedMasks } from '../track/annotatedFrames';
import { maskAt, type MaskTrack, type Tracks } from '../track/maskTrack';

/** Which annotated frames are given: the first one of the range alone, or all of the clip. */
export type StudyStart = 'first' | 'all';

type Range = { readonly inFrame: number; readonly outFrame: number };

/** Ascending; empty when the range has no annotated frame. */
export function givenFrames(
  tracks: Tracks,
  labels: readonly Label[],
  { inFrame, outFrame }: Range,
  start: StudyStart,
): number[] {
  const annotated = framesWithPromptedMasks(tracks, labels);
  const first = annotated.find((frame) => frame >= inFrame && frame <= outFrame);
  return first === undefined ? [] : start === 'first' ? [first] : annotated;
}

/** Annotated masks of the given frames, painted regions and rules; nothing that an engine drew. */
export function studyBase(tracks: Tracks, labels: readonly Label[], given: ReadonlySet<number>): Tracks {
  return new Map(
    labels.flatMap(({ objectId, role }) => {
      const track = tracks.get(objectId);
      return track ? [[objectId, isRegionRole(role) ? track : onlyGiven(track, given)] as const] : [];
    }),
  );
}

function onlyGiven(track: MaskTrack, given: ReadonlySet<number>): MaskTrack {
  const prompted = new Map([...track.prompted].filter(([frame]) => given.has(frame)));
  return { ...track, prompted, propagated: new Map() };
}

/** The project's masks as guesses on all frames but the given ones, to be redrawn. */
export function presentAsGuesses(
  tracks: Tracks,
  labels: readonly Label[],
  given: ReadonlySet<number>,
): Tracks {
  return new Map(
    [...studyBase(tracks, labels, given)].map(([objectId, base]) => {
      const track = tracks.get(objectId)!;
      const frames = new Set([...track.prompted.keys(), ...track.propagated.keys()]);
      const guesses = [...frames].flatMap((frame) => {
        const mask = given.has(frame) ? null : maskAt(track, frame)?.mask;
        return mask ? [[frame, mask] as const] : [];
      });
      const isRegion = base === track;
      return [objectId, isRegion ? base : { ...base, propagated: new Map(guesses) }] as const;
    }),
  );
}
