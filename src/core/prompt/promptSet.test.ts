import { describe, expect, it } from 'vitest';
import { newPromptId, objectId } from '../base/ids';
import type { Prompt } from './prompt';
import { promptSetsOfFrame, promptedFrames } from './promptSet';

const one = objectId(1);
const two = objectId(2);

function point(id: typeof one, label: 1 | 0, x: number, frameIndex = 0): Prompt {
  return { kind: 'point', id: newPromptId(), objectId: id, label, point: { x, y: 1 }, frameIndex };
}

const shared: Prompt = { kind: 'sharedPoint', id: newPromptId(), point: { x: 9, y: 9 }, frameIndex: 0 };
const box: Prompt = { kind: 'box', id: newPromptId(), objectId: two, box: [1, 2, 3, 4], frameIndex: 0 };

describe('promptSetsOfFrame', () => {
  it('gives shared background points to every label, after its own', () => {
    const sets = promptSetsOfFrame([point(one, 1, 5), shared, box], 0, [one, two], true);
    expect(sets.map((set) => set.points)).toEqual([
      [
        { x: 5, y: 1, label: 1 },
        { x: 9, y: 9, label: 0 },
      ],
      [{ x: 9, y: 9, label: 0 }],
    ]);
    expect(sets[1]?.box).toEqual([1, 2, 3, 4]);
  });

  it('leaves shared points out when they are switched off', () => {
    const sets = promptSetsOfFrame([point(one, 1, 5), shared], 0, [one], false);
    expect(sets[0]?.points).toHaveLength(1);
  });

  it('asks nothing for a label with background points alone', () => {
    expect(promptSetsOfFrame([point(one, 0, 5), shared], 0, [one, two], true)).toEqual([]);
  });

  it('sees only its own frame', () => {
    const prompts = [point(one, 1, 5, 3), box];
    expect(promptSetsOfFrame(prompts, 3, [one, two], true).map((set) => set.objectId)).toEqual([one]);
    expect(promptedFrames(prompts)).toEqual([0, 3]);
  });
});
