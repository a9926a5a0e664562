/** Measures the range as it is now and hands the values to the browser's downloads. */
import { isCancelled, toUserMessage, UserFacingError } from '../core/base/errors';
import type { MaskflowStore } from '../state/store';
import { hasMaskInRange } from '../state/work';
import { download } from './exportMasks';
import type { MeasureApp } from './measureRequest';

export class MeasurementExport {
  readonly #store: MaskflowStore;
  readonly #measurementsZip: MeasureApp['measurementsZip'];
  #controller: AbortController | null = null;

  constructor(store: MaskflowStore, measurementsZip: MeasureApp['measurementsZip']) {
    this.#store = store;
    this.#measurementsZip = measurementsZip;
  }

  /** Does nothing while an export goes on. What cannot be done is told as a message; other footage ends it. */
  async start(): Promise<void> {
    if (this.#controller) {
      return;
    }
    const controller = new AbortController();
    this.#controller = controller;
    const unsubscribe = this.#store.subscribe(({ footage }, previous) => {
      if (footage?.footageId !== previous.footage?.footageId) {
        controller.abort();
      }
    });
    try {
      await this.#export(controller.signal);
    } catch (error) {
      if (!controller.signal.aborted && !isCancelled(error)) {
        this.#store.getState().showError(toUserMessage(error));
      }
    } finally {
      unsubscribe();
      this.#controller = null;
      this.#store.getState().setMeasurementExport(null);
    }
  }

  cancel(): void {
    this.#controller?.abort();
  }

  async #export(signal: AbortSignal): Promise<void> {
    const state = this.#store.getState();
    const { footage, range, measuredQuantities, calibration } = state;
    if (!footage || !hasMaskInRange(state) || measuredQuantities.length === 0) {
      throw new UserFacingError({
        code: 'export-nothing',
        what: 'There is nothing to measure between the in and out points.',
        safe: 'Nothing was written.',
        todo: 'Annotate a frame, choose a quantity in the Measure tab, or widen the range.',
      });
    }
    const count = range.outFrame - range.inFrame + 1;
    state.setMeasurementExport({ done: 0, total: count });
    const blob = await this.#measurementsZip(
      {
        fromFrame: range.inFrame,
        toFrame: range.outFrame,
        quantities: measuredQuantities,
        calibration,
      },
      {
        signal,
        onProgress: (progress) => {
          if (!signal.aborted) {
            this.#store.getState().setMeasurementExport(progress);
          }
        },
      },
    );
    if (signal.aborted) {
      return;
    }
    const name = `${footage.name.replace(/\.[^.]+$/, '')}-measurements.zip`;
    download(blob, name);
    this.#store
      .getState()
      .showNotice(`Exported the values of ${count === 1 ? 'one frame' : `${count} frames`} as ${name}.`);
  }
}
