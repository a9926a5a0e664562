/** Each label cut out of its frame: RGBA PNG, transparent around the mask, alpha not multiplied in. */
import { optionValue } from '../../core/export/exportFormats';
import type { ExportPicture } from '../../core/export/maskSequence';
import type { NumberMap } from '../../core/export/wideLabelMap';
import type { SoftMask } from '../../core/mask/softMask';
import { labelFolder, labelMapAt, objectsOf, type FormatContext } from '../exportContext';
import type { ExportedFile } from '../exportedFile';
import { encodeRgbaPng } from '../picturePng';
import { softGreys } from '../softPng';

/** 0..255 for each pixel. Soft edges come from the probabilities, less what other labels have of the picture. */
function alphaOf(map: NumberMap, number: number, soft: SoftMask | undefined): Uint8Array<ArrayBuffer> {
  const alpha = softGreys(soft, map, number, new Uint8Array(map.data.length));
  for (let index = 0; index < alpha.length; index += 1) {
    if (map.data[index] !== number && map.data[index] !== 0) {
      alpha[index] = 0;
    }
  }
  return alpha;
}

function cutOut({ width, height, data }: ExportPicture, alpha: Uint8Array): ExportPicture {
  const rgba = new Uint8ClampedArray(data.length);
  for (let pixel = 0; pixel < alpha.length; pixel += 1) {
    if (alpha[pixel]! > 0) {
      const at = pixel * 4;
      rgba[at] = data[at]!;
      rgba[at + 1] = data[at + 1]!;
      rgba[at + 2] = data[at + 2]!;
      rgba[at + 3] = alpha[pixel]!;
    }
  }
  return { width, height, data: rgba };
}

export async function* writeCutout(context: FormatContext): AsyncGenerator<ExportedFile> {
  const isSoft = optionValue(context.choice, 'edge') === 'soft';
  for (const { frameIndex, stem } of context.frames) {
    const map = await labelMapAt(context, frameIndex);
    const masks = isSoft ? await context.getMasks(frameIndex) : [];
    const picture = await context.getPicture(frameIndex);
    for (const label of objectsOf(context)) {
      const soft = masks.find(({ number }) => number === label.number)?.soft;
      const bytes = await encodeRgbaPng(cutOut(picture, alphaOf(map, label.number, soft)));
      yield { name: `${context.folder}${labelFolder(label)}/${stem}.png`, bytes };
    }
    context.frameDone();
  }
}
