/** What an export is made from: labels, frames and masks of the state, as the user asked for them. */
import type { ObjectId } from '../core/base/ids';
import type { ExportOrder } from '../core/export/exportOrder';
import { readsSoft } from '../core/export/exportFormats';
import { exportNumbers } from '../core/export/exportNumbers';
import type { Label } from '../core/label/label';
import { maskAt, type Tracks } from '../core/track/maskTrack';
import { masksOfFrame } from '../core/track/visibleMasks';
import { frameStems } from '../core/video/frameNames';
import type { FootageInfo } from '../core/video/footageInfo';
import { endOfFrame, timestampOfFrame } from '../core/video/frameTable';
import type { MaskflowState } from '../state/maskflowState';
import type {
  ExportFrame,
  ExportRequest,
  NumberedMask,
  SoftSequence,
} from '../workers/export/exportProtocol';

type Wanted = Pick<ExportOrder, 'fromFrame' | 'toFrame'> &
  Partial<Pick<ExportOrder, 'formats' | 'objectIds'>>;

function framesOf(footage: FootageInfo, { fromFrame, toFrame }: Wanted): ExportFrame[] {
  const stems = frameStems(footage);
  const frames: ExportFrame[] = [];
  for (let frameIndex = fromFrame; frameIndex <= toFrame; frameIndex += 1) {
    const timestampSec = timestampOfFrame(footage.frameTable, frameIndex);
    frames.push({
      frameIndex,
      timestampSec,
      durationSec: endOfFrame(footage.frameTable, frameIndex) - timestampSec,
      fileName: `${stems[frameIndex] ?? frameIndex}.png`,
    });
  }
  return frames;
}

/** The labels that are part of it; competitors are named as such where no choice was made. */
function labelsOf(labels: readonly Label[], { objectIds }: Wanted): Label[] {
  return labels.filter(
    ({ objectId, role }) => role !== 'locked' && (objectIds === undefined || objectIds.includes(objectId)),
  );
}

/** One for each exported label, with the frames on which its mask has no probabilities. */
function softSequences(labels: readonly Label[], state: MaskflowState, wanted: Wanted): SoftSequence[] {
  const numbers = exportNumbers(state.labels);
  return labels.flatMap(({ objectId, role }) => {
    const number = numbers.get(objectId);
    return number === undefined || role !== 'object'
      ? []
      : [{ number, binaryFrames: hardFrames(state.tracks, objectId, wanted) }];
  });
}

/** Frames on which the label has a mask, but no probabilities are kept: it was painted or imported. */
export function hardFrames(
  tracks: Tracks,
  objectId: ObjectId,
  { fromFrame, toFrame }: Pick<ExportOrder, 'fromFrame' | 'toFrame'>,
): number[] {
  const found = [];
  for (let frameIndex = fromFrame; frameIndex <= toFrame; frameIndex += 1) {
    const mask = maskAt(tracks.get(objectId), frameIndex)?.mask;
    if (mask && !mask.soft) {
      found.push(frameIndex);
    }
  }
  return found;
}

/** All labels between the in and out points, as PNG label maps. */
export function quickOrder({ range }: Pick<MaskflowState, 'range'>): Wanted {
  return { fromFrame: range.inFrame, toFrame: range.outFrame };
}

/** Frames without masks are part of it: their label maps are empty. */
export function exportRequest(
  state: MaskflowState,
  footage: FootageInfo,
  wanted: Wanted = quickOrder(state),
): ExportRequest {
  const numbers = exportNumbers(state.labels);
  const labels = labelsOf(state.labels, wanted);
  return {
    width: footage.width,
    height: footage.height,
    footageName: footage.name,
    labels: labels.map(({ objectId, name, colour, role }) => ({
      number: numbers.get(objectId) ?? null,
      name,
      colour,
      role,
    })),
    frames: framesOf(footage, wanted),
    ...(wanted.formats ? { formats: wanted.formats } : {}),
    ...(wantsSoft(state, wanted) ? { softSequences: softSequences(labels, state, wanted) } : {}),
  };
}

function wantsSoft(state: Pick<MaskflowState, 'isSoftExported'>, { formats }: Wanted): boolean {
  return formats ? formats.some(readsSoft) : state.isSoftExported;
}

/**
 * A frame's masks, bottom first, with their export numbers. A competitor paints background, and so does a label that is
 * not part of the export; a locked region paints nothing.
 */
export function numberedMasks(
  state: MaskflowState,
  frameIndex: number,
  wanted: Wanted = quickOrder(state),
): NumberedMask[] {
  const numbers = exportNumbers(state.labels);
  const isWanted = (objectId: ObjectId): boolean => wanted.objectIds?.includes(objectId) ?? true;
  const isSoft = wantsSoft(state, wanted);
  return masksOfFrame(state.tracks, state.labels, frameIndex)
    .filter(({ region }) => region !== 'locked')
    .map(({ objectId, mask }) => ({
      number: isWanted(objectId) ? (numbers.get(objectId) ?? 0) : 0,
      rle: mask.rle,
      ...(isSoft && mask.soft ? { soft: mask.soft } : {}),
    }));
}
