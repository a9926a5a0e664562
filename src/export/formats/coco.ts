/** One COCO file: an image for each frame, and an annotation for each label on it, which names its video and track. */
import { cocoRleText } from '../../core/export/cocoRleText';
import { optionValue } from '../../core/export/exportFormats';
import { maskPolygons } from '../../core/export/maskPolygons';
import { pixelsOf } from '../../core/export/wideLabelMap';
import type { BinaryMask } from '../../core/mask/binaryMask';
import { encodeRle, rleArea, rleBox } from '../../core/mask/rle';
import { labelMapAt, type ExportedFrame, type FormatContext, type NumberedLabel } from '../exportContext';
import type { ExportedFile } from '../exportedFile';

const VIDEO_ID = 1;

/** Images are numbered from 1, as many readers take 0 for "none". */
function imageId(frame: ExportedFrame): number {
  return frame.frameIndex + 1;
}

function head({ request, frames, numbered }: FormatContext): string {
  const { width, height, footageName } = request;
  const images = frames.map((frame) => ({
    id: imageId(frame),
    file_name: `${frame.stem}.png`,
    width,
    height,
    video_id: VIDEO_ID,
    frame_id: frame.frameIndex,
    time_seconds: Number(frame.timestampSec.toFixed(6)),
  }));
  const parts = {
    info: { description: `Masks of ${footageName}`, version: '1', contributor: 'Maskflow' },
    videos: [{ id: VIDEO_ID, name: footageName, width, height }],
    categories: numbered.map(({ number, name, role }) => ({ id: number, name, supercategory: role })),
    images,
  };
  return `${JSON.stringify(parts).slice(0, -1)},"annotations":[\n`;
}

function segmentation(mask: BinaryMask, isPolygons: boolean) {
  const rle = encodeRle(mask);
  const box = rleBox(rle);
  if (!box) {
    return null;
  }
  const [x0, y0, x1, y1] = box;
  return {
    segmentation: isPolygons ? maskPolygons(mask) : { size: rle.size, counts: cocoRleText(rle) },
    area: rleArea(rle),
    bbox: [x0, y0, x1 - x0, y1 - y0],
  };
}

/** "Don't care" pixels are what COCO calls a crowd: evaluation leaves them out. */
function annotationOf(frame: ExportedFrame, { number, role }: NumberedLabel, id: number) {
  return {
    id,
    image_id: imageId(frame),
    category_id: number,
    video_id: VIDEO_ID,
    frame_index: frame.frameIndex,
    track_id: number,
    iscrowd: role === 'void' ? 1 : 0,
  };
}

async function* text(context: FormatContext): AsyncGenerator<string> {
  const isPolygons = optionValue(context.choice, 'segmentation') === 'polygons';
  const { width, height } = context.request;
  // All void regions have one number, and with it one category.
  const labels = context.numbered.filter(
    ({ number }, place) => context.numbered.findIndex((label) => label.number === number) === place,
  );
  yield head({ ...context, numbered: labels });
  let id = 0;
  for (const frame of context.frames) {
    const map = await labelMapAt(context, frame.frameIndex);
    let lines = '';
    for (const label of labels) {
      const found = segmentation({ width, height, data: pixelsOf(map, label.number) }, isPolygons);
      if (found) {
        id += 1;
        lines += `${id === 1 ? '' : ',\n'}${JSON.stringify({ ...annotationOf(frame, label, id), ...found })}`;
      }
    }
    yield lines;
    context.frameDone();
  }
  yield '\n]}\n';
}

async function* encoded(pieces: AsyncIterable<string>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  for await (const piece of pieces) {
    yield encoder.encode(piece);
  }
}

export async function* writeCoco(context: FormatContext): AsyncGenerator<ExportedFile> {
  yield { name: 'coco.json', bytes: encoded(text(context)) };
}
