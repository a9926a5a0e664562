/** What the attention graph is fed: as many maps as there are, pointers in fixed places. */
import { describe, expect, it } from 'vitest';
import { memoryFeeds } from './memoryFeeds';
import { scriptedConfig } from './__fixtures__/scriptedNetwork';

const config = { ...scriptedConfig, pointers: 3, maskedBias: -9 };
const maps = [
  { map: Float32Array.of(1, 2, 3, 4), row: 6 },
  { map: Float32Array.of(5, 6, 7, 8), row: 0 },
];
const pointers = [{ pointer: Float32Array.of(1, -1), distance: 5 }];

describe('memoryFeeds', () => {
  it('passes the maps there are, one after the other, and hides empty places for pointers', () => {
    expect(memoryFeeds({ maps, pointers, maxDistance: 10 }, config)).toEqual({
      maps: { values: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8), dims: [1, 2, 1, 4] },
      map_rows: { values: Float32Array.of(0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0), dims: [2, 7] },
      pointers: { values: Float32Array.of(1, -1, 0, 0, 0, 0), dims: [1, 3, 2] },
      pointer_bias: { values: Float32Array.of(0, -9, -9), dims: [1, 3] },
      pointer_times: { values: Float32Array.of(0.5, 0, 0), dims: [1, 3] },
    });
  });

  it('tells no times to a network that does not know them', () => {
    const feeds = memoryFeeds({ maps, pointers, maxDistance: 10 }, { ...config, pointerTime: false });
    expect(Object.keys(feeds)).not.toContain('pointer_times');
  });

  it('takes no more than the graph does, and not nothing', () => {
    const many = Array.from({ length: config.maps + 1 }, () => maps[0]!);
    expect(() => memoryFeeds({ maps: many, pointers, maxDistance: 10 }, config)).toThrow();
    expect(() => memoryFeeds({ maps: [], pointers, maxDistance: 10 }, config)).toThrow();
  });
});
