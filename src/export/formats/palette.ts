/** Label maps: one palette PNG for each frame, or 16-bit grey where there are more labels than a palette holds. */
import { optionValue } from '../../core/export/exportFormats';
import { davisPalette } from '../davisPalette';
import { isWide, labelMapAt, type FormatContext } from '../exportContext';
import type { ExportedFile } from '../exportedFile';
import { encodeGrey16Png, encodeIndexedPng, encodeIndexedPng4 } from '../indexedPng';

/** Numbers that four bits hold. */
const MAX_SMALL_NUMBER = 15;

export async function* writePalette(context: FormatContext): AsyncGenerator<ExportedFile> {
  const isSmall =
    optionValue(context.choice, 'depth') === 'smallest' &&
    context.numbered.every(({ number }) => number <= MAX_SMALL_NUMBER);
  for (const { frameIndex, stem } of context.frames) {
    const map = await labelMapAt(context, frameIndex);
    const bytes = isWide(context)
      ? await encodeGrey16Png(map, 'none')
      : await (isSmall ? encodeIndexedPng4 : encodeIndexedPng)(
          { ...map, data: map.data as Uint8Array },
          davisPalette,
        );
    yield { name: `${context.folder}${stem}.png`, bytes };
    context.frameDone();
  }
}
