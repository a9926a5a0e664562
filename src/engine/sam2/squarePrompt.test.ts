/** Prompts on the stretched square: scales, order, ambiguity. */
import { describe, expect, it } from 'vitest';
import { maskPromptLogits } from '../../core/mask/maskPrompt';
import { squarePoints, stretchMaskLogits } from './squarePrompt';

const source = { width: 200, height: 100 };

describe('squarePoints', () => {
  it('scales each axis by its own factor', () => {
    const { coords, labels, isAmbiguous } = squarePoints(
      { points: [{ x: 50, y: 25, label: 1 }], box: null },
      source,
      1024,
    );
    expect([...coords]).toEqual([256, 256]);
    expect([...labels]).toEqual([1]);
    expect(isAmbiguous).toBe(true);
  });

  it('puts the corners of a box before the points', () => {
    const { coords, labels, isAmbiguous } = squarePoints(
      { points: [{ x: 0, y: 0, label: 0 }], box: [100, 50, 200, 100] },
      source,
      100,
    );
    expect([...coords]).toEqual([50, 50, 100, 100, 0, 0]);
    expect([...labels]).toEqual([2, 3, 0]);
    expect(isAmbiguous).toBe(false);
  });

  it('has a point that is none where nothing was pointed at', () => {
    const { coords, labels, isAmbiguous } = squarePoints({ points: [], box: null }, source, 1024);
    expect([...coords, ...labels]).toEqual([0, 0, -1]);
    expect(isAmbiguous).toBe(true);
  });
});

describe('stretchMaskLogits', () => {
  it('leaves the padding behind', () => {
    const data = new Uint8Array(200 * 100);
    for (let y = 50; y < 100; y += 1) {
      data.fill(1, y * 200 + 100, (y + 1) * 200);
    }
    const logits = stretchMaskLogits(maskPromptLogits({ ...source, data }), source, 256);
    const at = (x: number, y: number): number => logits[y * 256 + x]!;
    expect([at(64, 64), at(192, 64), at(64, 192)]).toEqual([-18, -18, -18]);
    expect([at(192, 192), at(255, 255), at(131, 250)]).toEqual([18, 18, 18]);
  });
});
