/** What a one-click edit did, in a sentence. */
import type { EditOutcome } from '../../app/editMasks';
import { countText, counted } from '../../core/base/numberText';
import { editText } from '../text/editText';

export function outcomeText({ name, frames, areaPx, isOvertaken }: EditOutcome): string {
  const sentence = isOvertaken ? editText.overtaken : frames === 0 ? editText.nothing : editText.done;
  return sentence
    .replace('{name}', () => name)
    .replace('{px}', countText(areaPx))
    .replace('{frames}', counted(frames, 'frame'));
}
