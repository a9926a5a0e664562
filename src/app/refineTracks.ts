/** SAM refinement: on every frame of the range SAM redraws each propagated mask from that mask. */
import { UserFacingError } from '../core/base/errors';
import type { Label } from '../core/label/label';
import { cutMask } from '../core/track/maskAtThreshold';
import { framesWithPromptedMasks } from '../core/track/annotatedFrames';
import type { Tracks } from '../core/track/maskTrack';
import { framesText, type VersionNote } from '../core/track/maskVersions';
import { withoutRegions } from '../core/track/regions';
import type { FrameRange } from '../state/maskflowState';
import type { MaskflowStore } from '../state/store';
import type { LabelPrompts, PropagatedFrame } from '../workers/segment/segmentProtocol';
import type { RefinementPrompt } from './maskflowApp';
import type { RunPlan } from './maskRun';
import { wantedAdjustments } from './modelPictures';
import type { SegmentService } from './services';

/**
 * Frames of the range with propagated masks that no prompted mask covers, ascending. What the user prompted is
 * the truth and is not redrawn.
 */
export function framesToRefine(tracks: Tracks, labels: readonly Label[], range: FrameRange): number[] {
  const frames = new Set<number>();
  for (const { objectId } of labels) {
    const track = tracks.get(objectId);
    for (const [frame, mask] of track?.propagated ?? []) {
      if (mask.box && frame >= range.inFrame && frame <= range.outFrame && !track?.prompted.has(frame)) {
        frames.add(frame);
      }
    }
  }
  return [...frames].toSorted((a, b) => a - b);
}

/** One label's prompts for each propagated mask of a frame, competitors included. */
export function refinementPrompts(
  tracks: Tracks,
  labels: readonly Label[],
  frameIndex: number,
  prompt: RefinementPrompt,
): LabelPrompts[] {
  return labels.flatMap(({ objectId, role }) => {
    const track = tracks.get(objectId);
    const drawn = track?.prompted.has(frameIndex) ? undefined : track?.propagated.get(frameIndex);
    const mask = drawn && cutMask(track, frameIndex, drawn);
    if (!mask?.box) {
      return [];
    }
    const { box, rle } = mask;
    return [{ role, prompts: { objectId, points: [], box, mask: prompt === 'boxAndMask' ? rle : null } }];
  });
}

/** The run that redraws the range; throws a UserFacingError when there is nothing to redraw. */
export function refinementRun(
  store: MaskflowStore,
  segment: Pick<SegmentService, 'predict'>,
  prompt: RefinementPrompt,
): RunPlan {
  const { tracks, labels: all, range } = store.getState();
  const labels = withoutRegions(all);
  const frames = framesToRefine(tracks, labels, range);
  if (frames.length === 0) {
    throw new UserFacingError({
      code: 'refinement-nothing-to-do',
      what: 'There is no propagated mask between the in and out points to redraw.',
      safe: 'Your prompts and masks are as they were.',
      todo: 'Propagate first, or widen the range.',
    });
  }
  async function* redraw(signal: AbortSignal): AsyncGenerator<PropagatedFrame, void, void> {
    for (const frameIndex of frames) {
      const requests = refinementPrompts(tracks, labels, frameIndex, prompt);
      yield await segment.predict(frameIndex, requests, { signal });
    }
  }
  return {
    parts: [{ frameCount: frames.length, frames: redraw }],
    note: noteOf(frames, prompt),
    parameters: {
      method: { kind: 'refine', prompt },
      range,
      objectIds: labels.map(({ objectId }) => objectId),
      annotatedFrames: framesWithPromptedMasks(tracks, all),
      adjustments: wantedAdjustments(store.getState()),
    },
  };
}

/** `frames` ascending, at least one. */
function noteOf(frames: readonly number[], prompt: RefinementPrompt): VersionNote {
  const fromFrame = frames[0] ?? 0;
  const toFrame = frames.at(-1) ?? fromFrame;
  const by = prompt === 'box' ? 'boxes alone' : 'box + mask';
  const name = `Before SAM refinement of ${framesText(fromFrame, toFrame)}, ${by}`;
  return { kind: 'refine', name, fromFrame, toFrame };
}
