/** What is looked up, as the attention graph takes it. */
import { assert } from '../../core/base/assert';
import type { GraphInput } from '../ort/graphSession';
import type { MemoryRead } from './network';
import type { Sam2Config } from './sam2Config';

/**
 * maps [1,M,T,D] and map_rows [M,rows] (one-hot), M as many as there are, since the work grows with it; pointers
 * [1,P,C], pointer_times [1,P], pointer_bias [1,P], P always the same: empty places hold zeros, and a bias hides them.
 */
export function memoryFeeds(
  { maps, pointers, maxDistance }: MemoryRead,
  config: Sam2Config,
): Record<string, GraphInput> {
  const { tokensPerMap, memorySize, hiddenSize, temporalRows, maskedBias } = config;
  assert(maps.length > 0 && maps.length <= config.maps, 'every map has a place');
  assert(pointers.length <= config.pointers, 'every pointer has a place');
  const mapValues = new Float32Array(maps.length * tokensPerMap * memorySize);
  const rows = new Float32Array(maps.length * temporalRows);
  maps.forEach(({ map, row }, place) => {
    mapValues.set(map, place * tokensPerMap * memorySize);
    rows[place * temporalRows + row] = 1;
  });
  const pointerValues = new Float32Array(config.pointers * hiddenSize);
  const times = new Float32Array(config.pointers);
  const pointerBias = new Float32Array(config.pointers).fill(maskedBias);
  pointers.forEach(({ pointer, distance }, place) => {
    pointerValues.set(pointer, place * hiddenSize);
    times[place] = distance / maxDistance;
    pointerBias[place] = 0;
  });
  return {
    maps: { values: mapValues, dims: [1, maps.length, tokensPerMap, memorySize] },
    map_rows: { values: rows, dims: [maps.length, temporalRows] },
    pointers: { values: pointerValues, dims: [1, config.pointers, hiddenSize] },
    pointer_bias: { values: pointerBias, dims: [1, config.pointers] },
    ...(config.pointerTime ? { pointer_times: { values: times, dims: [1, config.pointers] } } : {}),
  };
}
