/** Exports masks: the quick label maps of the in/out range, or whatever formats the user orders. */
import { isCancelled, toUserMessage, UserFacingError } from '../core/base/errors';
import { counted } from '../core/base/numberText';
import type { ExportOrder, ExportTarget } from '../core/export/exportOrder';
import type { ExportRequest } from '../core/export/maskSequence';
import type { MaskflowState } from '../state/maskflowState';
import type { MaskflowStore } from '../state/store';
import { hasMaskInRange } from '../state/work';
import { exportRequest, numberedMasks } from './exportRequest';
import type { ExportService } from './services';

/** Long enough for the browser to start reading the file it was told to download. */
const REVOKE_AFTER_MS = 60_000;

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
  readonly #provenance: () => Promise<string>;
  #controller: AbortController | null = null;

  /** `provenance` makes the text of provenance.json, which goes with every export; an empty one is left out. */
  constructor(
    store: MaskflowStore,
    exporter: ExportService,
    provenance: () => Promise<string> = async () => '',
  ) {
    this.#store = store;
    this.#exporter = exporter;
    this.#provenance = provenance;
  }

  /** Label maps of the in/out range. Must be called from a user gesture: the folder picker opens only there. */
  async start(target: ExportTarget): Promise<void> {
    await this.#guarded((signal) => this.#export(target, null, signal));
  }

  /** What the order names. Must be called from a user gesture, too. */
  async startOrder(order: ExportOrder): Promise<void> {
    await this.#guarded((signal) => this.#export(order.target, order, signal));
  }

  cancel(): void {
    this.#controller?.abort();
  }

  async #guarded(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    if (this.#controller) {
      return;
    }
    const controller = new AbortController();
    this.#controller = controller;
    try {
      await work(controller.signal);
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

  async #export(target: ExportTarget, order: ExportOrder | null, signal: AbortSignal): Promise<void> {
    // One snapshot for the whole export, so that edits made meanwhile cannot mix two states in one folder.
    const state = this.#store.getState();
    const { footage } = state;
    const wanted = order ?? { fromFrame: state.range.inFrame, toFrame: state.range.outFrame };
    if (!footage || !hasMaskInRange(withRange(state, wanted))) {
      throw nothingInRange(order === null);
    }
    const request = exportRequest(state, footage, wanted);
    const provenance = this.#provenanceOrNull();
    const options = {
      signal,
      footageId: footage.footageId,
      getMasks: async (frameIndex: number) => numberedMasks(state, frameIndex, wanted),
      onProgress: (progress: { framesDone: number; frameCount: number }) =>
        this.#store.getState().setExporting(progress),
    };
    const start = { framesDone: 0, frameCount: request.frames.length * (order?.formats.length ?? 1) };
    const words = order
      ? `${counted(request.frames.length, 'frame')} in ${counted(order.formats.length, 'format')}`
      : `${request.frames.length} label maps${request.softSequences ? ' with soft masks' : ''}`;
    if (target === 'folder') {
      const folder = await showDirectoryPicker({ id: 'maskflow-export', mode: 'readwrite' });
      state.setExporting(start);
      const subfolder = await this.#exporter.exportToFolder(
        withText(request, await provenance),
        folder,
        options,
      );
      const notice = `Wrote ${words} into ${folder.name}/${subfolder}.`;
      this.#store.getState().showNotice(noticeOf(notice, await provenance));
    } else {
      state.setExporting(start);
      // Only now: the file of the export before may still have been downloading until here.
      await this.#exporter.cleanUp();
      const blob = await this.#exporter.exportZip(withText(request, await provenance), options);
      const name = `${footage.name.replace(/\.[^.]+$/, '')}-${order ? 'export' : 'masks'}.zip`;
      download(blob, name);
      this.#store.getState().showNotice(noticeOf(`Exported ${words} as ${name}.`, await provenance));
    }
  }

  /** Masks are worth more than their history: without it the export goes on. Never rejects. */
  async #provenanceOrNull(): Promise<string | null> {
    try {
      return await this.#provenance();
    } catch (error) {
      console.warn('provenance.json could not be made', error);
      return null;
    }
  }
}

function withRange(
  state: MaskflowState,
  { fromFrame, toFrame }: { readonly fromFrame: number; readonly toFrame: number },
): Pick<MaskflowState, 'tracks' | 'labels' | 'range'> {
  return { ...state, range: { inFrame: fromFrame, outFrame: toFrame } };
}

function nothingInRange(isQuick: boolean): UserFacingError {
  return new UserFacingError({
    code: 'export-nothing',
    what: `There is no mask to export between ${isQuick ? 'the in and out points' : 'the chosen frames'}.`,
    safe: 'Nothing was written.',
    todo: 'Prompt a frame or propagate first, or widen the range.',
  });
}

function noticeOf(done: string, provenance: string | null): string {
  return provenance === null ? `${done} It lacks provenance.json, which could not be made.` : done;
}

function withText(request: ExportRequest, provenance: string | null): ExportRequest {
  const text = { name: 'provenance.json', text: provenance ?? '' };
  return text.text === '' ? request : { ...request, texts: [...(request.texts ?? []), text] };
}
