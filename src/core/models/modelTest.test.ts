/** What the self-test concludes from outputs, and what is offered of a model. */
import { describe, expect, it } from 'vitest';
import { bareManifest } from './__fixtures__/bareManifest';
import type { GraphManifest } from './graphManifest';
import { offerOf } from './modelOffer';
import { statisticsOf, verdictOf } from './modelTest';

const values = Float32Array.of(1, 3, 5, 7);

describe('The verdict', () => {
  const found = statisticsOf('key.key', values);

  it('rests on mean and standard deviation', () => {
    expect(found).toEqual({ name: 'key.key', mean: 4, deviation: Math.sqrt(5), areAllFinite: true });
    expect(verdictOf([found], { 'key.key': { mean: 4.01, deviation: 2.25 } })).toBe('asOfficial');
    expect(verdictOf([found], { 'key.key': { mean: 4.3, deviation: 2.24 } })).toBe('otherThanOfficial');
    expect(verdictOf([found], { 'key.key': { mean: 4, deviation: 3 } })).toBe('otherThanOfficial');
  });

  it('is that nothing is known where nothing is stated of these outputs', () => {
    expect(verdictOf([found], undefined)).toBe('notKnown');
    expect(verdictOf([found], { 'decode.logits': { mean: 4, deviation: 2 } })).toBe('notKnown');
  });

  it('is damning for outputs that are no numbers, whatever is stated', () => {
    const broken = statisticsOf('key.key', Float32Array.of(1, NaN));
    expect(statisticsOf('key.key', Float32Array.of(Infinity, 1)).areAllFinite).toBe(false);
    expect(
      verdictOf([found, { ...broken, name: 'key.f16' }], { 'key.key': { mean: 4, deviation: 2.24 } }),
    ).toBe('notFinite');
  });
});

it('offers the sources that can be downloaded first, with what each variant weighs', () => {
  const graph = { file: 'key.fp32.onnx', sizeBytes: 5, sha256: 'aa', inputs: {}, outputs: {} };
  const source = { url: 'https://a/b', sizeBytes: 9, sha256: null, sha256Prefix: null, licence: 'MIT' };
  const manifest: GraphManifest = {
    ...bareManifest,
    layouts: [{ id: 'pth', container: 'pytorch', roots: [''], ignored: [] }],
    sources: [
      { ...source, layout: 'pth', kind: 'link', fileName: 'a.pth' },
      { ...source, layout: 'pth', kind: 'download', fileName: 'b.pth' },
      { ...source, layout: 'gone', kind: 'download', fileName: 'c.pth' },
    ],
    variants: {
      fp32: {
        graphs: { key: graph, value: { ...graph, sizeBytes: 6 } },
        weightFiles: [{ path: 'w.bin', sizeBytes: 100 }],
        tensors: [],
      },
    },
  };
  const offer = offerOf(manifest);
  expect(offer.sources.map(({ fileName, container }) => [fileName, container])).toEqual([
    ['b.pth', 'pytorch'],
    ['a.pth', 'pytorch'],
  ]);
  expect(offer.containers).toEqual(['pytorch']);
  expect(offer.variants).toEqual({ fp32: { graphBytes: 11, weightBytes: 100 } });
});
