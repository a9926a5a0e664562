/** How many masks there are, for lists that do not open a project. */

type TrackFrames = { readonly prompted: Iterable<number>; readonly propagated: Iterable<number> };

/** Masks that count (a prompted one covers the propagated one of its frame), and frames with an annotated one. */
export function countedMasks(tracks: Iterable<TrackFrames>): {
  readonly maskCount: number;
  readonly annotatedFrames: number;
} {
  const annotated = new Set<number>();
  let maskCount = 0;
  for (const { prompted, propagated } of tracks) {
    const given = [...prompted];
    maskCount += new Set([...given, ...propagated]).size;
    given.forEach((frame) => annotated.add(frame));
  }
  return { maskCount, annotatedFrames: annotated.size };
}
