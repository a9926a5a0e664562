/** The frames themselves as RGB PNG, pixel for pixel as they are segmented. */
import type { FormatContext } from '../exportContext';
import type { ExportedFile } from '../exportedFile';
import { encodeRgbPng } from '../picturePng';

export async function* writeFrames(context: FormatContext): AsyncGenerator<ExportedFile> {
  for (const { frameIndex, stem } of context.frames) {
    const picture = await context.getPicture(frameIndex);
    yield { name: `${context.folder}${stem}.png`, bytes: await encodeRgbPng(picture) };
    context.frameDone();
  }
}
