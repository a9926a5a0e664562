/** What the shipped manifests of SAM 2.1 and EdgeTAM say of how much is looked up. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { chooseMemory } from '../../core/memory/promptedBank';
import { bankLimitsOf, parseSam2Config } from './sam2Config';

const models = path.join(import.meta.dirname, '../../../public/models');

describe.each(['edgetam', 'sam2.1-tiny', 'sam2.1-small', 'sam2.1-base-plus'])('%s', (id) => {
  it('looks up five annotated frames in the middle of a run, beside the six frames before', async () => {
    const text = await readFile(path.join(models, id, 'manifest.json'), 'utf8');
    const limits = bankLimitsOf(parseSam2Config((JSON.parse(text) as { config: unknown }).config));
    const conditioning = [0, 10, 20, 30, 40, 80, 90, 100];
    const tracked = Array.from({ length: 19 }, (_, index) => 41 + index);
    const { maps } = chooseMemory({ conditioning, tracked }, 60, 1, limits);
    const framesOf = (isConditioning: boolean): number[] =>
      maps.filter((map) => map.isConditioning === isConditioning).map(({ frameIndex }) => frameIndex);
    expect(framesOf(true)).toEqual([20, 30, 40, 80, 90]);
    expect(framesOf(false)).toEqual([54, 55, 56, 57, 58, 59]);
  });
});

describe('parseSam2Config', () => {
  it('says which part of a manifest is wrong', () => {
    expect(() => parseSam2Config({ imageSize: 0 })).toThrow('manifest.json: config.imageSize');
  });
});
