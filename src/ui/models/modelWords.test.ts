/** Names of models that begin alike are told in one. */
import { expect, it } from 'vitest';
import { modelIds } from '../../core/models/shelf';
import { modelNames } from './modelWords';

it('tells names in their order, and those of one kind together', () => {
  expect(modelNames(modelIds)).toBe('MobileSAM, XMem, EdgeTAM, SAM 2.1 tiny/small/base+, SAM ViT-B/L/H');
  expect(modelNames(['xmem', 'sam-vit-h'])).toBe('XMem, SAM ViT-H');
  expect(modelNames([])).toBe('');
});
