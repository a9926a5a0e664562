/** Exports the masks of the in/out range as a PNG sequence. */
import { isCancelled, toUserMessage, UserFacingError } from '../core/base/errors';
import { exportNumber } from '../core/label/label';
import { maskAt } from '../core/track/maskTrack';
import { masksOfFrame } from '../core/track/visibleMasks';
import { frameStems } from '../core/video/frameNames';
import type { FootageInfo } from '../core/video/footageInfo';
import { timestampOfFrame } from '../core/video/frameTable';
import type { MaskflowState } from '../state/maskflowState';
import { hasMaskInRange } from '../state/work';
import type { MaskflowStore } from '../state/store';
import type { NumberedMask, PngSequenceRequest, SoftSequence } from '../workers/export/exportProtocol';
import type { ExportService } from './services';

/** Long enough for the browser to start reading the file it was told to download. */
const REVOKE_AFTER_MS = 60_000;

/** The request for all frames of the range; frames without masks are written as empty label maps. */
export function pngSequenceRequest(state: MaskflowState, footage: FootageInfo): PngSequenceRequest {
  const stems = frameStems(footage);
  const frames = [];
  for (let frameIndex = state.range.inFrame; frameIndex <= state.range.outFrame; frameIndex += 1) {
    const fileName = `${stems[frameIndex] ?? frameIndex}.png`;
    frames.push({ frameIndex, timestampSec: timestampOfFrame(footage.frameTable, frameIndex), fileName });
  }
  return {
    width: footage.width,
    height: footage.height,
    footageName: footage.name,
    labels: state.labels
      .filter(({ role }) => role !== 'locked')
      .map(({ objectId, name, colour, role }) => ({
        number: exportNumber(state.labels, objectId),
        name,
        colour,
        role,
      })),
    frames,
    ...(state.isSoftExported ? { softSequences: softSequences(state) } : {}),
  };
}

/** One for each exported label, with the frames of the range on which its mask has no probabilities. */
function softSequences({ labels, tracks, range }: MaskflowState): SoftSequence[] {
  return labels.flatMap(({ objectId, role }) => {
    const number = exportNumber(labels, objectId);
    if (number === null || role !== 'object') {
      return [];
    }
    const binaryFrames = [];
    for (let frameIndex = range.inFrame; frameIndex <= range.outFrame; frameIndex += 1) {
      const mask = maskAt(tracks.get(objectId), frameIndex)?.mask;
      if (mask && !mask.soft) {
        binaryFrames.push(frameIndex);
      }
    }
    return [{ number, binaryFrames }];
  });
}

/** A frame's masks, bottom first, with their export numbers; a competitor paints background, a locked region nothing. */
export function numberedMasks(state: MaskflowState, frameIndex: number): NumberedMask[] {
  return masksOfFrame(state.tracks, state.labels, frameIndex)
    .filter(({ region }) => region !== 'locked')
    .map(({ objectId, mask }) => ({
      number: exportNumber(state.labels, objectId) ?? 0,
      rle: mask.rle,
      ...(state.isSoftExported && mask.soft ? { soft: mask.soft } : {}),
    }));
}

/** Hands a file to the browser's downloads. */
export function download(blob: Blob, fileName: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), REVOKE_AFTER_MS);
}

export class MaskExport {
  readonly #store: MaskflowStore;
  readonly #exporter: ExportService;
  #controller: AbortController | null = null;

  constructor(store: MaskflowStore, exporter: ExportService) {
    this.#store = store;
    this.#exporter = exporter;
  }

  /** Must be called from a user gesture: the folder picker opens only there. */
  async start(target: 'zip' | 'folder'): Promise<void> {
    if (this.#controller) {
      return;
    }
    const controller = new AbortController();
    this.#controller = controller;
    try {
      await this.#export(target, controller.signal);
    } catch (error) {
      const isPickerClosed = error instanceof DOMException && error.name === 'AbortError';
      if (!isCancelled(error) && !isPickerClosed) {
        this.#store.getState().showError(toUserMessage(error));
      }
    } finally {
      this.#controller = null;
      this.#store.getState().setExporting(null);
    }
  }

  cancel(): void {
    this.#controller?.abort();
  }

  async #export(target: 'zip' | 'folder', signal: AbortSignal): Promise<void> {
    // One snapshot for the whole export, so that edits made meanwhile cannot mix two states in one folder.
    const state = this.#store.getState();
    const { footage } = state;
    if (!footage || !hasMaskInRange(state)) {
      throw new UserFacingError({
        code: 'export-nothing',
        what: 'There is no mask to export between the in and out points.',
        safe: 'Nothing was written.',
        todo: 'Prompt a frame or propagate first, or widen the range.',
      });
    }
    const request = pngSequenceRequest(state, footage);
    const options = {
      signal,
      getMasks: async (frameIndex: number) => numberedMasks(state, frameIndex),
      onProgress: (progress: { framesDone: number; frameCount: number }) =>
        this.#store.getState().setExporting(progress),
    };
    const count = request.frames.length;
    const withSoft = request.softSequences ? ' with soft masks' : '';
    if (target === 'folder') {
      const folder = await showDirectoryPicker({ id: 'maskflow-export', mode: 'readwrite' });
      state.setExporting({ framesDone: 0, frameCount: count });
      const subfolder = await this.#exporter.exportToFolder(request, folder, options);
      this.#store
        .getState()
        .showNotice(`Wrote ${count} label maps${withSoft} into ${folder.name}/${subfolder}.`);
    } else {
      state.setExporting({ framesDone: 0, frameCount: count });
      // Only now: the file of the export before may still have been downloading until here.
      await this.#exporter.cleanUp();
      const blob = await this.#exporter.exportZip(request, options);
      const stem = footage.name.replace(/\.[^.]+$/, '');
      download(blob, `${stem}-masks.zip`);
      this.#store.getState().showNotice(`Exported ${count} label maps${withSoft} as ${stem}-masks.zip.`);
    }
  }
}
