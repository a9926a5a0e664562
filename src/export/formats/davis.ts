/** The folders of DAVIS 2017, at full resolution. */
import { davisPalette } from '../davisPalette';
import { footageStem, isWide, labelMapAt, type FormatContext } from '../exportContext';
import { textFile, type ExportedFile } from '../exportedFile';
import { encodeGrey16Png, encodeIndexedPng } from '../indexedPng';
import { jpegFrame } from './jpegFrames';

export async function* writeAnnotation(
  context: FormatContext,
  frame: FormatContext['frames'][number],
  folder: string,
): AsyncGenerator<ExportedFile> {
  const map = await labelMapAt(context, frame.frameIndex);
  const bytes = isWide(context)
    ? await encodeGrey16Png(map, 'none')
    : await encodeIndexedPng({ ...map, data: map.data as Uint8Array }, davisPalette);
  yield { name: `${folder}${frame.stem}.png`, bytes };
}

export async function* writeDavis(context: FormatContext): AsyncGenerator<ExportedFile> {
  const sequence = footageStem(context.request);
  yield textFile(`${context.folder}ImageSets/2017/val.txt`, `${sequence}\n`);
  for (const frame of context.frames) {
    yield* writeAnnotation(context, frame, `${context.folder}Annotations/Full-Resolution/${sequence}/`);
    const picture = await jpegFrame(
      context,
      frame,
      `${context.folder}JPEGImages/Full-Resolution/${sequence}/`,
    );
    if (picture) {
      yield picture;
    }
    context.frameDone();
  }
}
