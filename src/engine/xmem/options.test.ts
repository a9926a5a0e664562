/** Words that change how XMem runs. */
import { expect, it } from 'vitest';
import { defaultXMemOptions, parseXMemOptions } from './options';

const base = defaultXMemOptions('wasm');

it('works smaller on a processor than on a graphics card', () => {
  expect(base.shortSidePx).toBeLessThan(defaultXMemOptions('webgpu').shortSidePx!);
});

it('reads words over what holds without them', () => {
  expect(parseXMemOptions([], base)).toEqual(base);
  expect(parseXMemOptions(['side=360', 'every=10', 'permanent=0'], base)).toEqual({
    shortSidePx: 360,
    memoryEvery: 10,
    permanentFrames: 0,
  });
  expect(parseXMemOptions(['side=source'], base).shortSidePx).toBeNull();
});

it.each(['side=', 'side=10', 'side=4.5', 'every=0', 'permanent=', 'permanent=-1', 'colour=1', 'every'])(
  'refuses %s, and says what there is',
  (word) => {
    expect(() => parseXMemOptions([word], base)).toThrow(/side=source/);
  },
);
