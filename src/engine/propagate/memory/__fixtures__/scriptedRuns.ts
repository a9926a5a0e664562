/** Requests to the propagation engine on the scripted film, and what to read from its answers. */
import type { ObjectId } from '../../../../core/base/ids';
import type { Rle } from '../../../../core/mask/rle';
import type {
  AnnotatedFrame,
  PropagatedFrame,
  PropagationRequest,
} from '../../../../core/segment/segmentation';
import { MemoryPropagator } from '../memoryPropagator';
import { allCues, type MemoryOptions } from '../options';
import {
  ScriptedVision,
  blue,
  blueId,
  filmOf,
  green,
  greenId,
  maskRle,
  red,
  redId,
  type Actor,
} from './scriptedVision';

export const actors = new Map<ObjectId, Actor>([
  [redId, red],
  [greenId, green],
  [blueId, blue],
]);
export const film = filmOf([...actors.values()]);

type Given = Partial<PropagationRequest> & { readonly ids?: readonly ObjectId[] };

export function masksAt(frameIndex: number, ids: readonly ObjectId[]): { objectId: ObjectId; rle: Rle }[] {
  return ids.map((objectId) => ({ objectId, rle: maskRle(actors.get(objectId)!.at(frameIndex)) }));
}

/** The true masks of `ids` on a frame, as the user gave them. */
export function given(frameIndex: number, ids: readonly ObjectId[]): AnnotatedFrame {
  return { frameIndex, masks: masksAt(frameIndex, ids), guesses: [] };
}

/** From frame 0 to 5, `ids` true on the first frame. */
export function request({ ids = [redId, greenId], ...changes }: Given = {}): PropagationRequest {
  const { startFrame = 0 } = changes;
  return {
    engine: 'memory',
    startFrame,
    endFrame: 5,
    labels: ids.map((objectId) => ({ objectId, role: 'object' })),
    startMasks: masksAt(startFrame, ids),
    conditioning: [],
    annotated: [given(startFrame, ids)],
    ...changes,
  };
}

export async function propagate(
  asked: PropagationRequest,
  vision = new ScriptedVision(film),
  options: MemoryOptions = allCues,
): Promise<PropagatedFrame[]> {
  const propagator = new MemoryPropagator(vision, options);
  const frames: PropagatedFrame[] = [];
  for await (const frame of propagator.propagate(asked, new AbortController().signal)) {
    frames.push(frame);
  }
  return frames;
}

/** What stays on the timeline: the last that was said of each frame and label. Times left out. */
export function keptOf(frames: readonly PropagatedFrame[]): Map<string, unknown> {
  return new Map(
    frames.flatMap(({ frameIndex, masks }) =>
      masks.map(({ objectId, mask }) => [`${frameIndex}/${objectId}`, mask] as const),
    ),
  );
}

export function rleOf({ masks }: PropagatedFrame, id: ObjectId): Rle {
  return masks.find(({ objectId }) => objectId === id)!.mask.rle;
}

export function indicesOf(frames: readonly PropagatedFrame[]): number[] {
  return frames.map(({ frameIndex }) => frameIndex);
}

export function idsOf({ masks }: PropagatedFrame): ObjectId[] {
  return masks.map(({ objectId }) => objectId);
}
