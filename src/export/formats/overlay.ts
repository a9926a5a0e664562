/** Each frame with the masks painted over it, as PNG. */
import { optionValue } from '../../core/export/exportFormats';
import { rgbBytes } from '../../core/export/lumaGrid';
import type { ExportPicture } from '../../core/export/maskSequence';
import { paintOverlay } from '../../core/export/overlay';
import { labelMapAt, type FormatContext } from '../exportContext';
import type { ExportedFile } from '../exportedFile';
import { COLOUR_TYPE_RGB, encodePng } from '../pngFile';

export async function overlayAt(context: FormatContext, frameIndex: number): Promise<ExportPicture> {
  const map = await labelMapAt(context, frameIndex);
  const picture = await context.getPicture(frameIndex);
  return paintOverlay(picture, map, context.numbered, Number(optionValue(context.choice, 'opacity')));
}

export async function* writeOverlay(context: FormatContext): AsyncGenerator<ExportedFile> {
  for (const { frameIndex, stem } of context.frames) {
    const picture = await overlayAt(context, frameIndex);
    const rgb = { width: picture.width, height: picture.height, data: rgbBytes(picture) };
    yield {
      name: `${context.folder}${stem}.png`,
      bytes: await encodePng(rgb, COLOUR_TYPE_RGB, { filter: 'up' }),
    };
    context.frameDone();
  }
}
