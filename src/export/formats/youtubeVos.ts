/** The folders of YouTube-VOS, with meta.json, which says on which frames each object is. */
import { rleArea } from '../../core/mask/rle';
import { footageStem, objectsOf, type FormatContext } from '../exportContext';
import { textFile, type ExportedFile } from '../exportedFile';
import { writeAnnotation } from './davis';
import { jpegFrame } from './jpegFrames';

export async function* writeYoutubeVos(context: FormatContext): AsyncGenerator<ExportedFile> {
  const video = footageStem(context.request);
  const root = `${context.folder}train/`;
  const framesOf = new Map(objectsOf(context).map(({ number }) => [number, [] as string[]]));
  for (const frame of context.frames) {
    for (const { number, rle } of await context.getMasks(frame.frameIndex)) {
      if (rleArea(rle) > 0) {
        framesOf.get(number)?.push(frame.stem);
      }
    }
    yield* writeAnnotation(context, frame, `${root}Annotations/${video}/`);
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
