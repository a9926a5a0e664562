/** What the user would lose, and what could be exported. */
import type { MaskflowState } from './maskflowState';

/** Whether there is anything the user made: prompts, or masks of any kind. */
export function hasWork({ prompts, tracks }: Pick<MaskflowState, 'prompts' | 'tracks'>): boolean {
  const hasMasks = [...tracks.values()].some((track) => track.prompted.size + track.propagated.size > 0);
  return prompts.length > 0 || hasMasks;
}

/** Whether an object (not a competitor) has a mask between the in and out points. */
export function hasMaskInRange({
  tracks,
  labels,
  range,
}: Pick<MaskflowState, 'tracks' | 'labels' | 'range'>): boolean {
  return labels.some((label) => {
    const track = tracks.get(label.objectId);
    const frames =
      track && label.role === 'object' ? [...track.prompted.keys(), ...track.propagated.keys()] : [];
    return frames.some((frame) => frame >= range.inFrame && frame <= range.outFrame);
  });
}

/** Whether a study ran whose results would be lost with the page: no part of them was kept or saved. */
export function hasUnkeptStudy({
  studyResult,
  isStudyKept,
}: Pick<MaskflowState, 'studyResult' | 'isStudyKept'>): boolean {
  return !isStudyKept && (studyResult?.methods.length ?? 0) > 0;
}
