/** The folders of DAVIS 2017, at full resolution. */
import type { NumberMap } from '../../core/export/wideLabelMap';
import { davisPalette } from '../davisPalette';
import { footageStem, isWide, labelMapAt, type FormatContext } from '../exportContext';
import { textFile, type ExportedFile } from '../exportedFile';
import { encodeGrey16Png, encodeIndexedPng } from '../indexedPng';
import { jpegFrame } from './jpegFrames';

/** A frame's label map as a picture with this name. */
export async function annotationFile(
  context: FormatContext,
  map: NumberMap,
  name: string,
): Promise<ExportedFile> {
  const bytes = isWide(context)
    ? await encodeGrey16Png(map, 'none')
    : await encodeIndexedPng({ ...map, data: map.data as Uint8Array }, davisPalette);
  return { name, bytes };
}

export async function* writeDavis(context: FormatContext): AsyncGenerator<ExportedFile> {
  const sequence = footageStem(context.request);
  yield textFile(`${context.folder}ImageSets/2017/val.txt`, `${sequence}\n`);
  for (const frame of context.frames) {
    const map = await labelMapAt(context, frame.frameIndex);
    const folder = `${context.folder}Annotations/Full-Resolution/${sequence}/`;
    yield await annotationFile(context, map, `${folder}${frame.stem}.png`);
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
