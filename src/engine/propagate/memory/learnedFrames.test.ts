/** What was learned is found again for the same truth, and only for that. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AnnotatedInput, AnnotatedMemory } from './annotatedMemory';
import { LearnedFrames } from './learnedFrames';

const WIDTH = 64;
const HEIGHT = 48;

/** Rows in the middle are the label; at `flipped` pixels it is the other way round. */
function inputOf(flipped: readonly number[], changes: Partial<AnnotatedInput> = {}): AnnotatedInput {
  const label = new Float32Array(WIDTH * HEIGHT).fill(1, 900, 1500);
  for (const pixel of flipped) {
    label[pixel] = 1 - label[pixel]!;
  }
  const planes = [label.map((value) => 1 - value), label];
  const labels = { width: WIDTH, height: HEIGHT, planes };
  return { frameIndex: 3, labels, isTrue: [true], hasUnknown: false, ...changes };
}

function memoryOf(name: number): AnnotatedMemory {
  return { frameIndex: name } as AnnotatedMemory;
}

/** Learns each in turn and says which were learned anew. */
async function learnedAnew(inputs: readonly AnnotatedInput[]): Promise<boolean[]> {
  const frames = new LearnedFrames();
  const anew: boolean[] = [];
  for (const [index, input] of inputs.entries()) {
    const memory = await frames.get(input, async () => memoryOf(index));
    anew.push(memory.frameIndex === index);
  }
  return anew;
}

describe('LearnedFrames', () => {
  it('learns the same truth once', async () => {
    expect(await learnedAnew([inputOf([]), inputOf([]), inputOf([])])).toEqual([true, false, false]);
  });

  it('learns anew what differs in frame, labels or what is known of them', async () => {
    const inputs = [
      inputOf([]),
      inputOf([], { frameIndex: 4 }),
      inputOf([], { isTrue: [false] }),
      inputOf([], { hasUnknown: true }),
      inputOf([7]),
    ];
    expect(await learnedAnew(inputs)).toEqual(inputs.map(() => true));
  });

  it('tells apart edits that a hash of unmixed words takes for one', async () => {
    expect(await learnedAnew([inputOf([1069]), inputOf([2683])])).toEqual([true, true]);
    expect(await learnedAnew([inputOf([1600, 1601]), inputOf([2550, 2551])])).toEqual([true, true]);
  });

  it('tells apart any two edits', async () => {
    const edit = fc.uniqueArray(fc.nat(WIDTH * HEIGHT - 1), { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(edit, edit, async (one, other) => {
        const isSame = one.length === other.length && one.every((pixel) => other.includes(pixel));
        expect(await learnedAnew([inputOf(one), inputOf(other)])).toEqual([true, !isSame]);
      }),
    );
  });

  it('forgets what was not used for longest', async () => {
    const inputs = Array.from({ length: 12 }, (_, frameIndex) => inputOf([], { frameIndex }));
    const [first] = inputs;
    const order = inputs.flatMap((input) => [first!, input]);
    const anew = await learnedAnew([...order, ...inputs.slice(1, 3), first!]);
    expect(anew.slice(-3)).toEqual([true, true, false]);
  });

  it('keeps nothing of what could not be learned', async () => {
    const frames = new LearnedFrames();
    await expect(frames.get(inputOf([]), () => Promise.reject(new Error('lost')))).rejects.toThrow('lost');
    expect(await frames.get(inputOf([]), async () => memoryOf(1))).toEqual(memoryOf(1));
  });
});
