/** Each frame with the masks painted over it, as PNG. */
import { optionValue } from '../../core/export/exportFormats';
import type { ExportPicture } from '../../core/export/maskSequence';
import { paintOverlay } from '../../core/export/overlay';
import { labelMapAt, type FormatContext } from '../exportContext';
import type { ExportedFile } from '../exportedFile';
import { encodeRgbPng } from '../picturePng';

export async function overlayAt(context: FormatContext, frameIndex: number): Promise<ExportPicture> {
  const map = await labelMapAt(context, frameIndex);
  const picture = await context.getPicture(frameIndex);
  return paintOverlay(picture, map, context.numbered, Number(optionValue(context.choice, 'opacity')));
}

export async function* writeOverlay(context: FormatContext): AsyncGenerator<ExportedFile> {
  for (const { frameIndex, stem } of context.frames) {
    const picture = await overlayAt(context, frameIndex);
    yield { name: `${context.folder}${stem}.png`, bytes: await encodeRgbPng(picture) };
    context.frameDone();
  }
}
