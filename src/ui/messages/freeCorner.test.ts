/** Messages make way for prompts. */
import { expect, it } from 'vitest';
import { freeCorner, isUpperEdgeFree } from './freeCorner';

const places = {
  bottomLeft: [12, 400, 372, 490],
  bottomRight: [428, 340, 788, 430],
  topLeft: [12, 12, 372, 102],
} as const;

it('stay at the lower left while nothing is there, and go where fewest prompts are', () => {
  expect(freeCorner(places, [])).toBe('bottomLeft');
  expect(freeCorner(places, [{ x: 400, y: 250 }])).toBe('bottomLeft');
  // The glyph reaches under the edge.
  expect(freeCorner(places, [{ x: 380, y: 410 }])).toBe('bottomRight');
  expect(
    freeCorner(places, [
      { x: 100, y: 450 },
      { x: 500, y: 400 },
    ]),
  ).toBe('topLeft');
  const everywhere = [
    { x: 100, y: 450 },
    { x: 110, y: 450 },
    { x: 500, y: 400 },
    { x: 20, y: 20 },
    { x: 30, y: 30 },
  ];
  expect(freeCorner(places, everywhere)).toBe('bottomRight');
});

it.each([
  ['box', 'normal', true],
  ['brush', 'normal', false],
  ['box', 'wipe', false],
] as const)('find the upper edge free with the tool %s and the view %s: %s', (tool, view, isFree) => {
  expect(isUpperEdgeFree({ tool, comparison: { view } })).toBe(isFree);
});
