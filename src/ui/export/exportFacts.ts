/** What an order will hold, what it leaves out and why, and what keeps it from being made. */
import { isBigTiff } from '../../core/export/bigTiff';
import { exportEstimate, type ExportEstimate } from '../../core/export/exportEstimate';
import {
  optionValue,
  readsSoft,
  type ExportFormatId,
  type FormatChoice,
} from '../../core/export/exportFormats';
import type { ExportOrder } from '../../core/export/exportOrder';
import { maskAt } from '../../core/track/maskTrack';
import type { VideoSupport } from '../../app/maskflowApp';
import type { MaskflowState } from '../../state/maskflowState';
import { hasMaskInRange } from '../../state/work';
import { exportDialogText, frameList } from '../text/exportDialogText';

type FactState = Pick<MaskflowState, 'labels' | 'tracks' | 'footage'>;

const MAX_NARROW_LABELS = 254;

function chosen({ labels }: FactState, { objectIds }: ExportOrder) {
  return labels.filter(({ objectId }) => objectIds.includes(objectId));
}

export function estimateOf(state: FactState, order: ExportOrder): ExportEstimate {
  const { width = 0, height = 0 } = state.footage ?? {};
  const frames = Math.max(order.toFrame - order.fromFrame + 1, 0);
  const objects = chosen(state, order).filter(({ role }) => role === 'object').length;
  return exportEstimate(order.formats, { width, height, frames, objects });
}

/** Why a format cannot be made in this browser; null when it can. `support` is null while it is not known. */
export function formatBlocker(id: ExportFormatId, support: VideoSupport | null): string | null {
  if (id !== 'overlayVideo' && id !== 'alphaVideo') {
    return null;
  }
  if (!support) {
    return exportDialogText.asking;
  }
  const canEncode = id === 'alphaVideo' ? support.alpha : (support.mp4 ?? support.webm);
  return canEncode === null ? exportDialogText.noEncoder[id] : null;
}

/** The same of a format with its options: of the files it may be, the chosen one has to be possible. */
function choiceBlocker(choice: FormatChoice, support: VideoSupport | null): string | null {
  const blocker = formatBlocker(choice.id, support);
  if (blocker || !support || choice.id !== 'overlayVideo') {
    return blocker;
  }
  const container = optionValue(choice, 'container') === 'webm' ? 'webm' : 'mp4';
  return support[container] === null ? exportDialogText.otherContainer[container] : null;
}

/** Why the order cannot be carried out; null when it can. */
export function orderBlocker(
  state: FactState,
  order: ExportOrder,
  support: VideoSupport | null,
): string | null {
  if (order.formats.length === 0) {
    return exportDialogText.noFormat;
  }
  if (!chosen(state, order).some(({ role }) => role === 'object')) {
    return exportDialogText.noLabel;
  }
  if (!(order.fromFrame <= order.toFrame)) {
    return exportDialogText.wrongRange;
  }
  const range = { inFrame: order.fromFrame, outFrame: order.toFrame };
  if (!hasMaskInRange({ tracks: state.tracks, labels: chosen(state, order), range })) {
    return exportDialogText.noMask;
  }
  for (const choice of order.formats) {
    const blocker = choiceBlocker(choice, support);
    if (blocker) {
      return blocker;
    }
  }
  return null;
}

function names(labels: readonly { readonly name: string }[]): string {
  return labels.map(({ name }) => name).join(', ');
}

/** Frames of the range on which a label has a mask (or none at all has one). */
function framesWhere(
  { fromFrame, toFrame }: ExportOrder,
  isFound: (frameIndex: number) => boolean,
): number[] {
  const found = [];
  for (let frameIndex = fromFrame; frameIndex <= toFrame; frameIndex += 1) {
    if (isFound(frameIndex)) {
      found.push(frameIndex);
    }
  }
  return found;
}

function hardNotes(state: FactState, order: ExportOrder): string[] {
  return !order.formats.some(readsSoft)
    ? []
    : chosen(state, order).flatMap(({ objectId, name, role }) => {
        const hard = framesWhere(order, (frame) => {
          const mask = maskAt(state.tracks.get(objectId), frame)?.mask;
          return mask !== undefined && !mask.soft;
        });
        return role !== 'object' || hard.length === 0
          ? []
          : [
              `${name} has only a hard mask, black and white, on ${hard.length === 1 ? 'frame' : 'frames'} ${frameList(hard)}: painted or imported, so no probabilities are known.`,
            ];
      });
}

/** Sentences for the user, most important first. */
export function orderNotes(state: FactState, order: ExportOrder): string[] {
  const { labels, tracks, footage } = state;
  const has = (id: ExportFormatId): boolean => order.formats.some((choice) => choice.id === id);
  const isolated = labels.filter(({ role }) => role === 'competitor' || role === 'locked');
  const unchosen = labels.filter(
    ({ objectId, role }) => (role === 'object' || role === 'void') && !order.objectIds.includes(objectId),
  );
  const objects = chosen(state, order).filter(({ role }) => role === 'object');
  const empty = framesWhere(
    order,
    (frame) => !objects.some(({ objectId }) => maskAt(tracks.get(objectId), frame) !== null),
  );
  const isWide = labels.filter(({ role }) => role === 'object').length > MAX_NARROW_LABELS;
  const pixels = (footage?.width ?? 0) * (footage?.height ?? 0) * (order.toFrame - order.fromFrame + 1);
  return [
    ...hardNotes(state, order),
    ...(empty.length > 0
      ? [
          `${empty.length} ${empty.length === 1 ? 'frame has' : 'frames have'} no masks (${frameList(empty)}) and will be written empty.`,
        ]
      : []),
    ...(unchosen.length > 0 ? [`${exportDialogText.unchosen} ${names(unchosen)}.`] : []),
    ...(isolated.length > 0 ? [`${exportDialogText.isolated} ${names(isolated)}.`] : []),
    ...(chosen(state, order).some(({ role }) => role === 'void') ? [exportDialogText.voidNote] : []),
    ...(isWide ? [exportDialogText.wide] : []),
    ...(has('tiff') && isBigTiff(pixels * (isWide ? 2 : 1)) ? [exportDialogText.bigTiff] : []),
  ];
}
