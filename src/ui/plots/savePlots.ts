/** Saves the plots on show as a file. */
import { download } from '../../app/exportMasks';
import { toUserMessage } from '../../core/base/errors';
import type { MaskflowStore } from '../../state/store';
import type { Plot } from './plotModel';
import { plotSvg } from './plotSvg';
import { tableAtRate } from './plotXTicks';
import { svgToPng } from './svgToPng';

/** Between the in and out points, with the axis that is on show. Tells the user when it cannot be done. */
export async function savePlots(
  store: MaskflowStore,
  plots: readonly Plot[],
  kind: 'png' | 'svg',
): Promise<void> {
  const { footage, range, plotAxis, calibration, showError, showNotice } = store.getState();
  if (!footage) {
    return;
  }
  const stem = footage.name.replace(/\.[^.]+$/, '');
  const svg = plotSvg({
    plots,
    axis: plotAxis,
    table: tableAtRate(footage.frameTable, calibration.frameRate),
    fromFrame: range.inFrame,
    toFrame: range.outFrame,
    caption: footage.name,
  });
  try {
    const blob = kind === 'svg' ? new Blob([svg], { type: 'image/svg+xml' }) : await svgToPng(svg);
    const name = `${stem}-plots.${kind}`;
    download(blob, name);
    showNotice(`Saved ${name}.`);
  } catch (error) {
    showError(toUserMessage(error));
  }
}
