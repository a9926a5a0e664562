/** A prompt in words. */
import { assertNever } from '../../core/base/assert';
import { countText } from '../../core/base/numberText';
import { rleArea } from '../../core/mask/rle';
import type { Prompt } from '../../core/prompt/prompt';

export type PromptWords = { readonly kind: string; readonly place: string };

function at(x: number, y: number): string {
  return `${Math.round(x)}, ${Math.round(y)}`;
}

/** What it is, and where in source pixels. */
export function promptWords(prompt: Prompt): PromptWords {
  switch (prompt.kind) {
    case 'point':
      return {
        kind: prompt.label === 1 ? 'Foreground point' : 'Background point',
        place: at(prompt.point.x, prompt.point.y),
      };
    case 'sharedPoint':
      return { kind: 'Shared background point', place: at(prompt.point.x, prompt.point.y) };
    case 'box': {
      const [x0, y0, x1, y1] = prompt.box;
      return { kind: 'Box', place: `${at(x0, y0)} – ${at(x1, y1)}` };
    }
    case 'mask':
      return { kind: 'Mask prompt', place: `${countText(rleArea(prompt.rle))} px` };
    default:
      return assertNever(prompt);
  }
}
