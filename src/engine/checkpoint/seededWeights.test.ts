/** Seeded weights are those that the Python of tools/export makes, to the bit. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { seededTensor, uniforms, type SeedKind } from './__fixtures__/seededWeights';

describe('seeded weights', () => {
  it('come from the generator of the reference outputs of XMem', () => {
    expect([...uniforms('mask', 3, 0)]).toEqual([
      0.13414901355281472, 0.6771545740775764, 0.4351688548922539,
    ]);
    expect([...uniforms('key_encoder.conv1.weight', 3, 0)]).toEqual([
      0.5013325717300177, 0.334516468225047, 0.6186417550779879,
    ]);
  });

  // The beginning of the SHA-256 of what seeded.py makes.
  const goldens: readonly [string, number[], SeedKind, number | undefined, string][] = [
    ['key_proj.key_proj.weight', [64, 10, 3, 3], 'weight', undefined, '1bc122dbd0b9c2cd'],
    ['a.weight', [7, 5, 3, 3], 'weight', undefined, '13a882676edc4908'],
    ['b.weight', [8, 6], 'linear', 0.5, 'bda1516db01c151b'],
    ['pos', [4, 9], 'table', 0.02, '1ee8f6a2d9bd78dd'],
    ['c.bias', [33], 'bias', undefined, 'b309000355fef056'],
    ['n.weight', [17], 'scale', undefined, 'dfd2503cd21f697a'],
    ['bn.weight', [17], 'bn_weight', undefined, '483ad8892cfd7d25'],
    ['bn.running_mean', [17], 'bn_mean', undefined, '79ed239d2c954c4f'],
    ['bn.running_var', [17], 'bn_var', undefined, 'af0d6cc4cd06c8e3'],
    ['k', [3], 'constant', 0.25, 'e84929294347438b'],
    ['z', [3], 'zero', undefined, '15ec7bf0b50732b4'],
  ];
  it.each(goldens)('%s is that of Python', (name, shape, kind, gain, sha256) => {
    const bytes = new Uint8Array(seededTensor(name, shape, kind, gain).buffer);
    expect(createHash('sha256').update(bytes).digest('hex').slice(0, 16)).toBe(sha256);
  });
});
