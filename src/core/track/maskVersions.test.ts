/** Versions keep what a run changed, and give back that and nothing else. */
import { describe, expect, it } from 'vitest';
import { createLabel } from '../label/label';
import type { FrameMask, Tracks } from './maskTrack';
import {
  framesText,
  MAX_VERSIONS,
  restoredTracks,
  versionDifference,
  withVersion,
  type MaskVersion,
} from './maskVersions';
import { withFrameMasks } from './trackEdits';

function maskOf(areaPx: number): FrameMask {
  return {
    rle: { size: [3, 3], counts: Uint32Array.of(9 - areaPx, areaPx) },
    box: [0, 0, 3, 3],
    areaPx,
    predictedIou: null,
  };
}

const first = createLabel([]);
const second = createLabel([first]);
const labels = [first, second];
const note = { kind: 'refine', name: 'Before', fromFrame: 2, toFrame: 4 } as const;

function propagated(area: number, frames: readonly number[], tracks: Tracks = new Map()): Tracks {
  return frames.reduce(
    (all, frame) => withFrameMasks(all, 'propagated', frame, [[first.objectId, maskOf(area)]]),
    tracks,
  );
}

function versionOf(tracks: Tracks): MaskVersion {
  const [version] = withVersion([], note, { tracks, labels: [first], run: 1 });
  if (!version) {
    throw new Error('there were masks to keep');
  }
  return version;
}

describe('withVersion', () => {
  it('keeps the newest, each under its own id, and none where no mask could change', () => {
    const now = { tracks: propagated(3, [4]), labels, run: 1 };
    expect(withVersion([], { ...note, fromFrame: 5, toFrame: 9 }, now)).toEqual([]);
    let versions: readonly MaskVersion[] = [];
    for (let run = 1; run <= MAX_VERSIONS + 3; run += 1) {
      versions = withVersion(versions, note, { ...now, run });
    }
    expect(versions.map(({ id }) => id)).toEqual(Array.from({ length: MAX_VERSIONS }, (_, i) => i + 4));
    expect(versions.at(-1)?.createdAtRun).toBe(MAX_VERSIONS + 3);
  });
});

describe('restoredTracks', () => {
  it('puts back the masks of its frames, takes away newer ones, and leaves the rest', () => {
    const before = propagated(3, [1, 2, 3]);
    const version = versionOf(before);
    let now = propagated(5, [1, 2, 3, 4, 5], before);
    now = withFrameMasks(now, 'prompted', 3, [[first.objectId, maskOf(9)]]);
    now = withFrameMasks(now, 'propagated', 3, [[second.objectId, maskOf(7)]]);
    const restored = restoredTracks(now, labels, version);
    expect(
      [...(restored.get(first.objectId)?.propagated ?? [])].map(([frame, { areaPx }]) => [frame, areaPx]),
    ).toEqual([
      [1, 5],
      [5, 5],
      [2, 3],
      [3, 3],
    ]);
    expect(restored.get(first.objectId)?.prompted).toBe(now.get(first.objectId)?.prompted);
    expect(restored.get(second.objectId)).toBe(now.get(second.objectId));
    // Frame 3 is annotated now: what differs there stays, however often the version is restored.
    expect(versionDifference(restored, [first], version)).toEqual({
      frames: 1,
      areaPx: 6,
      annotatedFrames: 1,
      restorablePx: 0,
    });
  });
});

describe('versionDifference', () => {
  it('counts frames and pixels that are others now, masks that are gone or new among them', () => {
    const before = propagated(3, [2, 3]);
    const version = versionOf(before);
    expect(versionDifference(before, labels, version)).toMatchObject({ frames: 0, areaPx: 0 });
    const now = propagated(5, [1, 3, 4], before);
    expect(versionDifference(now, labels, version)).toMatchObject({
      frames: 2,
      areaPx: 2 + 5,
      restorablePx: 2 + 5,
    });
  });

  it('counts no pixels of competitors, though restoring brings them back', () => {
    const competitor = { ...first, role: 'competitor' as const };
    const version = versionOf(propagated(3, [2, 3]));
    expect(versionDifference(propagated(5, [2, 3]), [competitor], version)).toEqual({
      frames: 0,
      areaPx: 0,
      annotatedFrames: 0,
      restorablePx: 4,
    });
  });

  it('tells painted masks apart from those that restoring brings back', () => {
    const before = propagated(3, [2, 3, 4]);
    const version = versionOf(before);
    const painted: FrameMask = { ...maskOf(8), isAccepted: true, edit: 'painted' };
    const now = withFrameMasks(propagated(5, [3], before), 'prompted', 2, [[first.objectId, painted]]);
    expect(versionDifference(now, labels, version)).toEqual({
      frames: 2,
      areaPx: 5 + 2,
      annotatedFrames: 1,
      restorablePx: 2,
    });
    const restored = restoredTracks(now, labels, version);
    expect(restored.get(first.objectId)?.prompted.get(2)).toBe(painted);
    expect(versionDifference(restored, labels, version).restorablePx).toBe(0);
  });
});

it('says frames as people do', () => {
  expect([framesText(3, 3), framesText(3, 20)]).toEqual(['frame 3', 'frames 3-20']);
});
