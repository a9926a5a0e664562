/** A black and white PNG for each label and frame. */
import { pixelsOf } from '../../core/export/wideLabelMap';
import { labelFolder, labelMapAt, objectsOf, type FormatContext } from '../exportContext';
import type { ExportedFile } from '../exportedFile';
import { COLOUR_TYPE_GREY, encodePng } from '../pngFile';

export async function* writeBinary(context: FormatContext): AsyncGenerator<ExportedFile> {
  const { width, height } = context.request;
  for (const { frameIndex, stem } of context.frames) {
    const map = await labelMapAt(context, frameIndex);
    for (const label of objectsOf(context)) {
      const data = pixelsOf(map, label.number, 255);
      const bytes = await encodePng({ width, height, data }, COLOUR_TYPE_GREY, { filter: 'none' });
      yield { name: `${context.folder}${labelFolder(label)}/${stem}.png`, bytes };
    }
    context.frameDone();
  }
}
