/** Edits of the active label's masks by one click: each one step of undo, each answered with what it changed. */
import { assertNever } from '../core/base/assert';
import type { ObjectId } from '../core/base/ids';
import { counted } from '../core/base/numberText';
import { differenceAreaPx } from '../core/compare/maskDifference';
import { fillHolesUpTo, keepLargest, removeSpecks } from '../core/edit/cleanMask';
import { growShrink } from '../core/edit/growShrink';
import { maskInterpolator } from '../core/edit/interpolateMasks';
import { absentMask, seenOutline, setMask } from '../core/edit/setMask';
import { smoothMask } from '../core/edit/smoothMask';
import type { Rle } from '../core/mask/rle';
import { gapAround } from '../core/track/maskNeighbours';
import { timestampOfFrame } from '../core/video/frameTable';
import type { FrameChange } from '../state/slices/editState';
import type { MaskflowState } from '../state/maskflowState';
import type { MaskflowStore } from '../state/store';

/** What is done to one mask; sizes in pixels of the picture. */
export type MaskOperation =
  | { readonly kind: 'fillHoles'; readonly maxPx: number }
  | { readonly kind: 'removeSpecks'; readonly minPx: number }
  | { readonly kind: 'keepLargest' }
  | { readonly kind: 'grow'; readonly px: number }
  | { readonly kind: 'shrink'; readonly px: number }
  | { readonly kind: 'smooth'; readonly px: number };

/** What an edit did. `frames` is 0 when it changed nothing. */
export type EditOutcome = {
  readonly name: string;
  readonly frames: number;
  /** Pixels of the label that are others than before, summed over the frames. */
  readonly areaPx: number;
  /** Set when masks were changed by something else meanwhile, so that nothing was done. */
  readonly isOvertaken?: boolean;
};

/** The operation in the words of the history. */
export function operationName(operation: MaskOperation): string {
  switch (operation.kind) {
    case 'fillHoles':
      return 'Fill holes';
    case 'removeSpecks':
      return 'Remove specks';
    case 'keepLargest':
      return 'Keep the largest piece';
    case 'grow':
      return `Grow by ${operation.px} px`;
    case 'shrink':
      return `Shrink by ${operation.px} px`;
    case 'smooth':
      return `Smooth by ${operation.px} px`;
    default:
      return assertNever(operation);
  }
}

function operated(rle: Rle, operation: MaskOperation): Rle {
  switch (operation.kind) {
    case 'fillHoles':
      return fillHolesUpTo(rle, operation.maxPx);
    case 'removeSpecks':
      return removeSpecks(rle, operation.minPx);
    case 'keepLargest':
      return keepLargest(rle);
    case 'grow':
      return growShrink(rle, operation.px);
    case 'shrink':
      return growShrink(rle, -operation.px);
    case 'smooth':
      return smoothMask(rle, operation.px);
    default:
      return assertNever(operation);
  }
}

/** Changes the label's mask on the current frame; it gains pixels only where no other label is. */
export function operateOnMask(
  store: MaskflowStore,
  objectId: ObjectId,
  operation: MaskOperation,
): EditOutcome {
  const name = operationName(operation);
  const { tracks, labels, currentFrame: frameIndex } = store.getState();
  const frame = { tracks, labels, frameIndex };
  const before = seenOutline(frame, objectId);
  if (!before) {
    return { name, frames: 0, areaPx: 0 };
  }
  const masks = setMask(frame, objectId, operated(before, operation), {
    edit: 'painted',
    gains: 'onlyBackground',
    mustChange: true,
  });
  return commit(store, name, objectId, [{ frameIndex, masks }]);
}

/** Puts an annotated mask without a pixel on the current frame: the label is not here. */
export function markAbsent(store: MaskflowStore, objectId: ObjectId): EditOutcome {
  const { footage, tracks, labels, currentFrame: frameIndex } = store.getState();
  const name = 'Not here';
  if (!footage) {
    return { name, frames: 0, areaPx: 0 };
  }
  const empty = absentMask([footage.height, footage.width]);
  const changes = setMask({ tracks, labels, frameIndex }, objectId, empty.rle, {
    edit: 'painted',
    gains: 'onlyBackground',
  });
  const isKnown = tracks.get(objectId)?.prompted.has(frameIndex) === true;
  const masks = changes.length === 0 && !isKnown ? [[objectId, empty] as const] : changes;
  return commit(store, name, objectId, [{ frameIndex, masks }]);
}

/** Takes the label's annotated mask off the current frame, with its prompts there; a propagated one counts again. */
export function clearMask(store: MaskflowStore, objectId: ObjectId): EditOutcome {
  const { tracks, currentFrame } = store.getState();
  const mask = tracks.get(objectId)?.prompted.get(currentFrame);
  const name = 'Clear mask';
  if (!mask) {
    return { name, frames: 0, areaPx: 0 };
  }
  store.getState().clearAnnotatedMask(objectId, currentFrame);
  return { name, frames: 1, areaPx: mask.areaPx };
}

/**
 * Copies the label's mask on the current frame to the other frames of a stretch (both ends included), over guesses.
 * Frames on which the label is annotated keep what they have.
 */
export async function copyMask(
  store: MaskflowStore,
  objectId: ObjectId,
  stretch: { readonly fromFrame: number; readonly toFrame: number },
): Promise<EditOutcome> {
  const { tracks, labels, currentFrame } = store.getState();
  const rle = seenOutline({ tracks, labels, frameIndex: currentFrame }, objectId);
  const frames = freeFrames(store.getState(), objectId, stretch).filter((frame) => frame !== currentFrame);
  const name = `Copy to ${counted(frames.length, 'frame')}`;
  return rle
    ? changeFrames(store, name, objectId, frames, 'copied', () => rle)
    : { name, frames: 0, areaPx: 0 };
}

/** Draws the frames between the annotated masks around the current frame as masks in between, over guesses. */
export async function interpolateGap(store: MaskflowStore, objectId: ObjectId): Promise<EditOutcome> {
  const { footage, tracks, labels, currentFrame } = store.getState();
  const gap = gapAround(tracks.get(objectId), currentFrame);
  const [from, to] = gap
    ? [gap.before, gap.after].map((frameIndex) => seenOutline({ tracks, labels, frameIndex }, objectId))
    : [];
  if (!footage || !gap || !from || !to) {
    return { name: 'Interpolate', frames: 0, areaPx: 0 };
  }
  const stretch = { fromFrame: gap.before + 1, toFrame: gap.after - 1 };
  const frames = freeFrames(store.getState(), objectId, stretch);
  const at = maskInterpolator(from, to);
  const name = `Interpolate ${counted(frames.length, 'frame')}`;
  // By time, not by frame number: the frames of a clip may stay for different times.
  const secOf = (frame: number): number => timestampOfFrame(footage.frameTable, frame);
  const [startSec, endSec] = [secOf(gap.before), secOf(gap.after)];
  return changeFrames(store, name, objectId, frames, 'interpolated', (frame) =>
    at((secOf(frame) - startSec) / (endSec - startSec)),
  );
}

/** The frames of a stretch on which the label is not annotated. */
function freeFrames(
  { tracks }: MaskflowState,
  objectId: ObjectId,
  { fromFrame, toFrame }: { readonly fromFrame: number; readonly toFrame: number },
): number[] {
  const prompted = tracks.get(objectId)?.prompted;
  return Array.from({ length: Math.max(0, toFrame - fromFrame + 1) }, (_, step) => fromFrame + step).filter(
    (frame) => !prompted?.has(frame),
  );
}

/** After this long the picture gets a turn. */
const SLICE_MS = 30;

/** Works the masks out in slices, so that a long stretch does not hold up the interface, and commits them all at once. */
async function changeFrames(
  store: MaskflowStore,
  name: string,
  objectId: ObjectId,
  frames: readonly number[],
  edit: 'copied' | 'interpolated',
  outlineOf: (frame: number) => Rle,
): Promise<EditOutcome> {
  const { tracks, labels } = store.getState();
  const changes: FrameChange[] = [];
  let sliceMs = performance.now();
  for (const frameIndex of frames) {
    if (performance.now() - sliceMs > SLICE_MS) {
      await new Promise((resolve) => {
        setTimeout(resolve, 0);
      });
      sliceMs = performance.now();
    }
    const masks = setMask({ tracks, labels, frameIndex }, objectId, outlineOf(frameIndex), {
      edit,
      gains: 'overGuesses',
    });
    changes.push({ frameIndex, masks });
  }
  // Undo, painting or a run in between: what was worked out is about masks that are no more.
  if (store.getState().tracks !== tracks || store.getState().labels !== labels) {
    return { name, frames: 0, areaPx: 0, isOvertaken: true };
  }
  return commit(store, name, objectId, changes);
}

function commit(
  store: MaskflowStore,
  name: string,
  objectId: ObjectId,
  changes: readonly FrameChange[],
): EditOutcome {
  const made = changes.filter(({ masks }) => masks.length > 0);
  const [first] = made;
  if (!first) {
    return { name, frames: 0, areaPx: 0 };
  }
  const { tracks, labels, commitEdit } = store.getState();
  const areaPx = made.reduce((sum, { frameIndex, masks }) => {
    const before = seenOutline({ tracks, labels, frameIndex }, objectId);
    const after = masks.find(([changed]) => changed === objectId)?.[1];
    return sum + (after ? differenceAreaPx(before, after.rle) : 0);
  }, 0);
  commitEdit(
    {
      name,
      objectIds: [...new Set(made.flatMap(({ masks }) => masks.map(([changed]) => changed)))],
      fromFrame: first.frameIndex,
      toFrame: made.at(-1)?.frameIndex ?? first.frameIndex,
    },
    made,
  );
  return { name, frames: made.length, areaPx };
}
