/** Compares the mask prompt, cell by cell, with the one that Pillow and numpy make (scripts/goldens/README.md). */
import { expect, it } from 'vitest';
import { MASK_PROMPT_BACKGROUND, MASK_PROMPT_FOREGROUND, maskPromptLogits } from '../../core/mask/maskPrompt';
import { goldenMask, goldenMaskPrompt, goldens } from './__fixtures__/goldenScene';

it('makes the same mask prompt in each of the 65,536 cells', () => {
  const [height, width] = goldens.cases.find(({ name }) => name === 'box')!.rle.size;
  const prompt = maskPromptLogits({ width, height, data: goldenMask('box') });
  const expected = Array.from(goldenMaskPrompt(), (value) =>
    value === 1 ? MASK_PROMPT_FOREGROUND : MASK_PROMPT_BACKGROUND,
  );
  expect(expected).toHaveLength(256 * 256);
  const differing = expected.flatMap((value, index) => (prompt[index] === value ? [] : [index]));
  expect(differing).toEqual([]);
});
