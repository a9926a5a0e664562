/** The folders of YouTube-VOS, with meta.json, which says on which frames each object is. */
import type { NumberMap } from '../../core/export/wideLabelMap';
import { footageStem, labelMapAt, objectsOf, type FormatContext } from '../exportContext';
import { textFile, type ExportedFile } from '../exportedFile';
import { annotationFile } from './davis';
import { jpegFrame } from './jpegFrames';

/** What is seen on the frame: a mask that others cover wholly is not. */
function numbersIn({ data }: NumberMap): Set<number> {
  const found = new Set<number>();
  let last = -1;
  for (let pixel = 0; pixel < data.length; pixel += 1) {
    const number = data[pixel]!;
    if (number !== last) {
      found.add(number);
      last = number;
    }
  }
  return found;
}

export async function* writeYoutubeVos(context: FormatContext): AsyncGenerator<ExportedFile> {
  const video = footageStem(context.request);
  const root = `${context.folder}train/`;
  const framesOf = new Map(objectsOf(context).map(({ number }) => [number, [] as string[]]));
  for (const frame of context.frames) {
    const map = await labelMapAt(context, frame.frameIndex);
    for (const number of numbersIn(map)) {
      framesOf.get(number)?.push(frame.stem);
    }
    yield await annotationFile(context, map, `${root}Annotations/${video}/${frame.stem}.png`);
    const picture = await jpegFrame(context, frame, `${root}JPEGImages/${video}/`);
    if (picture) {
      yield picture;
    }
    context.frameDone();
  }
  const objects = objectsOf(context).map(({ number, name }) => [
    String(number),
    { category: name, frames: framesOf.get(number) ?? [] },
  ]);
  const meta = { videos: { [video]: { objects: Object.fromEntries(objects) } } };
  yield textFile(`${root}meta.json`, `${JSON.stringify(meta, null, 2)}\n`);
}
