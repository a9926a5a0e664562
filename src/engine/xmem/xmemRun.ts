/** What a propagation request means to XMem: what is true where, and from which frame on labels are followed. */
import type { ObjectId } from '../../core/base/ids';
import type { Size } from '../../core/geometry/box';
import type { BinaryMask } from '../../core/mask/binaryMask';
import { decodeRle, rleArea, type Rle } from '../../core/mask/rle';
import { annotatedFramesFor } from '../../core/memory/memoryBank';
import type { PropagationRequest } from '../../core/segment/segmentation';
import { requestSize } from '../propagate/requestSize';

export type Masks = ReadonlyMap<ObjectId, BinaryMask>;
type Rles = ReadonlyMap<ObjectId, Rle>;

export type XMemRun = {
  readonly source: Size;
  readonly direction: 1 | -1;
  /** The first frame with something to follow, in running order; not drawn. Null when there is none before the end. */
  readonly firstFrame: number | null;
  /**
   * What is taken for true on `firstFrame`, which may be a guess; labels that were seen on an annotated frame behind it
   * and have no mask now have an empty one.
   */
  readonly firstMasks: Masks;
  /** Those of `firstMasks` that nobody vouches for: assumed to be empty. */
  readonly assumedEmpty: ReadonlySet<ObjectId>;
  /** True masks of the run's labels on a frame, empty ones included. */
  readonly truthOn: (frameIndex: number) => Masks;
  readonly guessesOn: (frameIndex: number) => Masks;
  /** Annotated frames that are remembered for ever, ascending; firstFrame among them when it is one. */
  readonly permanentFrames: readonly number[];
};

export function xmemRunOf(request: PropagationRequest, permanentLimit: number): XMemRun {
  const { startFrame, endFrame } = request;
  const direction = endFrame < startFrame ? -1 : 1;
  const labels = new Set(request.labels.map(({ objectId }) => objectId));
  const truth = truthOf(request, labels);
  const guesses = new Map(
    request.annotated.map(({ frameIndex, guesses: masks }) => [frameIndex, rlesOf(masks, labels)]),
  );
  const truthOn = (frame: number): Masks => decoded(truth.get(frame));
  const startMasks = new Map([...rlesOf(request.startMasks, labels), ...(truth.get(startFrame) ?? [])]);
  const source = requestSize(request);
  const seenOn = [...truth].filter(([, masks]) => labelsSeenIn(masks).length > 0).map(([frame]) => frame);
  const behind = seenOn.filter((frame) => (startFrame - frame) * direction > 0);
  const begun = new Set([startMasks, ...behind.map((frame) => truth.get(frame)!)].flatMap(labelsSeenIn));
  const ahead = seenOn
    .filter((frame) => (frame - startFrame) * direction > 0 && (endFrame - frame) * direction > 0)
    .toSorted((a, b) => (a - b) * direction);
  const firstFrame = begun.size > 0 ? startFrame : (ahead[0] ?? null);
  const assumedEmpty = new Set([...begun].filter((objectId) => !startMasks.has(objectId)));
  const empty = { ...source, data: new Uint8Array(source.width * source.height) };
  const known = firstFrame === startFrame ? startMasks : (truth.get(firstFrame ?? startFrame) ?? new Map());
  const first = firstFrame === startFrame ? begun : new Set(labelsSeenIn(known));
  const speaking = [...truth].filter(([, masks]) => masks.size > 0).map(([frame]) => frame);
  return {
    source,
    direction,
    firstFrame,
    firstMasks: new Map([
      ...decoded(new Map([...known].filter(([objectId]) => first.has(objectId)))),
      ...[...assumedEmpty].map((objectId) => [objectId, empty] as const),
    ]),
    assumedEmpty,
    truthOn,
    guessesOn: (frame) => decoded(guesses.get(frame)),
    permanentFrames: annotatedFramesFor(speaking, firstFrame ?? startFrame, endFrame, permanentLimit),
  };
}

/** By frame: what the user annotated, and what was prompted on frames of the run. */
function truthOf(
  { annotated, conditioning }: PropagationRequest,
  labels: ReadonlySet<ObjectId>,
): ReadonlyMap<number, Rles> {
  const truth = new Map<number, Rles>();
  for (const { frameIndex, masks } of [...conditioning, ...annotated]) {
    truth.set(frameIndex, new Map([...(truth.get(frameIndex) ?? []), ...rlesOf(masks, labels)]));
  }
  return truth;
}

function rlesOf(masks: PropagationRequest['startMasks'], labels: ReadonlySet<ObjectId>): Map<ObjectId, Rle> {
  return new Map(
    masks.filter(({ objectId }) => labels.has(objectId)).map(({ objectId, rle }) => [objectId, rle]),
  );
}

function decoded(masks: Rles | undefined): Map<ObjectId, BinaryMask> {
  return new Map([...(masks ?? [])].map(([objectId, rle]) => [objectId, decodeRle(rle)]));
}

function isSomewhere(rle: Rle): boolean {
  return rleArea(rle) > 0;
}

function labelsSeenIn(masks: Rles): ObjectId[] {
  return [...masks].filter(([, rle]) => isSomewhere(rle)).map(([objectId]) => objectId);
}
