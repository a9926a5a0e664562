/** The frames themselves as RGB PNG, pixel for pixel as they are segmented. */
import { rgbBytes } from '../../core/export/lumaGrid';
import type { FormatContext } from '../exportContext';
import type { ExportedFile } from '../exportedFile';
import { COLOUR_TYPE_RGB, encodePng } from '../pngFile';

export async function* writeFrames(context: FormatContext): AsyncGenerator<ExportedFile> {
  for (const { frameIndex, stem } of context.frames) {
    const picture = await context.getPicture(frameIndex);
    const rgb = { width: picture.width, height: picture.height, data: rgbBytes(picture) };
    yield {
      name: `${context.folder}${stem}.png`,
      bytes: await encodePng(rgb, COLOUR_TYPE_RGB, { filter: 'up' }),
    };
    context.frameDone();
  }
}
