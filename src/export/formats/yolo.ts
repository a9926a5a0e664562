/** YOLO segmentation: a text of polygons for each frame, the names of the classes, and the frames. */
import { maskPolygons } from '../../core/export/maskPolygons';
import { pixelsOf } from '../../core/export/wideLabelMap';
import { labelMapAt, objectsOf, type FormatContext } from '../exportContext';
import { textFile, type ExportedFile } from '../exportedFile';
import { jpegFrame } from './jpegFrames';

/** Enough to tell pixels apart in pictures of up to a million pixels a side. */
const DIGITS = 7;

function shareText(value: number, of: number): string {
  return String(Number((value / of).toFixed(DIGITS)));
}

/** JSON strings are YAML strings. */
function dataYaml(names: readonly string[]): string {
  const lines = names.map((name, index) => `  ${index}: ${JSON.stringify(name)}`);
  return ['path: .', 'train: images', 'val: images', 'names:', ...lines, ''].join('\n');
}

/** One line for each piece of a label: its class (from 0) and x y x y ... in shares of the picture's sides. */
export async function* writeYolo(context: FormatContext): AsyncGenerator<ExportedFile> {
  const { width, height } = context.request;
  const labels = objectsOf(context);
  const names = labels.map(({ name }) => name);
  yield textFile(`${context.folder}data.yaml`, dataYaml(names));
  yield textFile(`${context.folder}classes.txt`, names.map((name) => `${name}\n`).join(''));
  for (const frame of context.frames) {
    const map = await labelMapAt(context, frame.frameIndex);
    const lines = labels.flatMap(({ number }, place) =>
      maskPolygons({ width, height, data: pixelsOf(map, number) }).map((polygon) => {
        const shares = polygon.map((value, index) => shareText(value, index % 2 === 0 ? width : height));
        return `${place} ${shares.join(' ')}\n`;
      }),
    );
    yield textFile(`${context.folder}labels/${frame.stem}.txt`, lines.join(''));
    const picture = await jpegFrame(context, frame, `${context.folder}images/`);
    if (picture) {
      yield picture;
    }
    context.frameDone();
  }
}
