/** The stage in words, for those who cannot see it. */
import { counted } from '../../core/base/numberText';
import { promptedFrames } from '../../core/prompt/promptSet';
import { frameCount } from '../../core/video/frameTable';
import type { MaskflowState } from '../../state/maskflowState';
import { toolNames } from '../tools/toolNames';

export const stageHelp =
  'Press Enter for a crosshair. Arrow keys move it, with Shift by one pixel. Enter places a point, or begins and ' +
  'ends a box, a stroke or a lasso. Enter twice on one place, or on the first corner, closes a polygon. ' +
  'Escape puts the crosshair away. Alt and arrow keys move the selected prompt; Delete deletes it.';

/** Such as "Picture, frame 31 of 150, 2 prompts, Box tool". */
export function stageDescription(
  state: Pick<MaskflowState, 'footage' | 'shownFrame' | 'prompts' | 'tool'>,
): string {
  const { footage, shownFrame, prompts, tool } = state;
  if (!footage || shownFrame === null) {
    return 'Picture, none open';
  }
  const count = promptedFrames(prompts).includes(shownFrame)
    ? prompts.filter((prompt) => prompt.frameIndex === shownFrame).length
    : 0;
  const place = `frame ${shownFrame} of ${frameCount(footage.frameTable)}`;
  return `Picture, ${place}, ${counted(count, 'prompt')}, ${toolNames[tool]} tool`;
}
