/** What the painting tool in hand is about to do, in words. */
import type { MaskflowState } from '../../../state/maskflowState';
import { erasesAll } from '../paint/beginPainting';
import { paintText } from '../../text/paintText';

type WordsState = Pick<
  MaskflowState,
  'tool' | 'labels' | 'activeObjectId' | 'isRemoving' | 'isErasingAll' | 'propagation'
>;

/** One sentence: what is unusual comes before what goes without saying. */
export function paintingWords(state: WordsState): string {
  const { labels, activeObjectId, propagation, tool } = state;
  const active = labels.find(({ objectId }) => objectId === activeObjectId);
  if (!active) {
    return paintText.noLabel;
  }
  const isRemoving = tool === 'eraser' || (tool !== 'brush' && state.isRemoving);
  const text =
    active.role === 'locked' || active.role === 'void'
      ? paintText[active.role]
      : !active.isVisible
        ? paintText.hidden
        : propagation
          ? paintText.running
          : isRemoving
            ? erasesAll(state)
              ? paintText.erasesAll
              : paintText.erases
            : paintText.paints;
  return text.replace('{label}', () => active.name);
}
