/** The probabilities of each label on each frame as grey PNG, of 8 or 16 bits. */
import { optionValue } from '../../core/export/exportFormats';
import { labelFolder, labelMapAt, objectsOf, type FormatContext } from '../exportContext';
import type { ExportedFile } from '../exportedFile';
import { encodeSoftPng } from '../softPng';

export async function* writeSoft(context: FormatContext): AsyncGenerator<ExportedFile> {
  const bits = optionValue(context.choice, 'depth') === '16' ? 16 : 8;
  const wanted = context.request.softSequences?.map(({ number }) => number);
  const labels = objectsOf(context).filter(({ number }) => wanted?.includes(number) ?? true);
  for (const { frameIndex, stem } of context.frames) {
    const masks = await context.getMasks(frameIndex);
    const map = await labelMapAt(context, frameIndex);
    for (const label of labels) {
      const soft = masks.find(({ number }) => number === label.number)?.soft;
      const bytes = await encodeSoftPng(soft, map, label.number, bits);
      yield { name: `${context.folder}${labelFolder(label)}/${stem}.png`, bytes };
    }
    context.frameDone();
  }
}
