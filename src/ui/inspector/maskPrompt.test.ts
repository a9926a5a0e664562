/** The inspector's words and greys. */
import { describe, expect, it } from 'vitest';
import { newPromptId, objectId } from '../../core/base/ids';
import { greyOfLogit } from './paintMaskPrompt';
import { promptWords } from './promptText';

describe('greyOfLogit', () => {
  it('maps -18..+18 to black..white and clamps what lies outside', () => {
    expect([-40, -18, 0, 18, 40].map((logit) => greyOfLogit(logit))).toEqual([0, 0, 128, 255, 255]);
  });
});

describe('promptWords', () => {
  const base = { id: newPromptId(), frameIndex: 0, objectId: objectId(1) };

  it('names each kind and its place in whole pixels', () => {
    expect(promptWords({ ...base, kind: 'point', label: 1, point: { x: 10.4, y: 20.6 } })).toEqual({
      kind: 'Foreground point',
      place: '10, 21',
    });
    expect(promptWords({ ...base, kind: 'point', label: 0, point: { x: 1, y: 2 } }).kind).toBe(
      'Background point',
    );
    expect(promptWords({ ...base, kind: 'box', box: [1, 2, 30, 40] }).place).toBe('1, 2 – 30, 40');
  });
});
