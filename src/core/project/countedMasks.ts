/** How much a project document holds, for lists that do not open it. */
import type { ProjectDocument } from './projectDocument';

/** Masks that count (a prompted one covers the propagated one of its frame), and frames with an annotated one. */
export function countedIn({ tracks, maskMaps }: Pick<ProjectDocument, 'tracks' | 'maskMaps'>): {
  readonly maskCount: number;
  readonly annotatedFrames: number;
} {
  const framesOf = new Map(maskMaps.map(({ id, frames }) => [id, frames]));
  const annotated = new Set<number>();
  let maskCount = 0;
  for (const { prompted, propagated } of tracks) {
    const given = framesOf.get(prompted) ?? [];
    maskCount += new Set([...given, ...(framesOf.get(propagated) ?? [])]).size;
    given.forEach((frame) => annotated.add(frame));
  }
  return { maskCount, annotatedFrames: annotated.size };
}
