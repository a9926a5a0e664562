/** Explains why SAM does not change all pixels that are prompted: a locked region lies there. */
import type { Box } from '../../core/geometry/box';
import { forEachSpan, type Rle } from '../../core/mask/rle';
import type { Prompt } from '../../core/prompt/prompt';
import { regionRle } from '../../core/track/regions';
import type { MaskflowState } from '../../state/maskflowState';
import { lockedText } from '../text/editText';

type NoteState = Pick<MaskflowState, 'labels' | 'tracks' | 'prompts'>;

/** One sentence about the labels concerned on a frame; null when no locked pixel is prompted. */
export function lockedNote({ labels, tracks, prompts }: NoteState, frameIndex: number): string | null {
  const locked = regionRle(tracks, labels, frameIndex, 'locked');
  if (!locked) {
    return null;
  }
  const here = prompts.filter((prompt) => prompt.frameIndex === frameIndex);
  const names = labels
    .filter(({ objectId }) =>
      here.some(
        (prompt) => prompt.kind !== 'sharedPoint' && prompt.objectId === objectId && reaches(prompt, locked),
      ),
    )
    .map(({ name }) => name);
  return names.length === 0 ? null : lockedText.replace('{labels}', () => names.join(', '));
}

/** Masks as prompts were drawn with the locked pixels in place. */
function reaches(prompt: Prompt, locked: Rle): boolean {
  switch (prompt.kind) {
    case 'box':
      return covers(locked, prompt.box);
    case 'point': {
      const [x, y] = [Math.floor(prompt.point.x), Math.floor(prompt.point.y)];
      return prompt.label === 1 && covers(locked, [x, y, x + 1, y + 1]);
    }
    case 'sharedPoint':
    case 'mask':
      return false;
  }
}

function covers(rle: Rle, [x0, y0, x1, y1]: Box): boolean {
  let isFound = false;
  forEachSpan(rle, (x, from, to) => {
    isFound ||= x >= Math.floor(x0) && x < x1 && from < y1 && to > y0;
  });
  return isFound;
}
