/** Measures the range as it is now and hands the values to the browser's downloads. */
import { toUserMessage, UserFacingError } from '../core/base/errors';
import type { MaskflowStore } from '../state/store';
import { hasMaskInRange } from '../state/work';
import { download } from './exportMasks';
import type { MeasureApp } from './measureRequest';

/** What cannot be done is told as a message. */
export async function exportMeasurements(
  store: MaskflowStore,
  measurementsZip: MeasureApp['measurementsZip'],
): Promise<void> {
  const state = store.getState();
  const { footage, range, measuredQuantities, calibration } = state;
  try {
    if (!footage || !hasMaskInRange(state) || measuredQuantities.length === 0) {
      throw new UserFacingError({
        code: 'export-nothing',
        what: 'There is nothing to measure between the in and out points.',
        safe: 'Nothing was written.',
        todo: 'Annotate a frame, choose a quantity in the Measure tab, or widen the range.',
      });
    }
    const blob = await measurementsZip({
      fromFrame: range.inFrame,
      toFrame: range.outFrame,
      quantities: measuredQuantities,
      calibration,
    });
    const name = `${footage.name.replace(/\.[^.]+$/, '')}-measurements.zip`;
    download(blob, name);
    const count = range.outFrame - range.inFrame + 1;
    store
      .getState()
      .showNotice(`Exported the values of ${count === 1 ? 'one frame' : `${count} frames`} as ${name}.`);
  } catch (error) {
    store.getState().showError(toUserMessage(error));
  }
}
