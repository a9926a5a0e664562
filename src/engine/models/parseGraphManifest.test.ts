/** manifest.json: the one that the export writes is read, and others are refused with a reason. */
import { describe, expect, it } from 'vitest';
import { parseGraphManifest } from './parseGraphManifest';

function example() {
  const graph = { file: 'key.fp32.onnx', sizeBytes: 9, sha256: 'a'.repeat(64), inputs: { image: [1, null] } };
  const manifest = {
    formatVersion: 1,
    id: 'xmem',
    name: 'XMem',
    family: 'xmem',
    licence: 'MIT',
    source: 'somewhere',
    config: { keyDim: 64 },
    layouts: [{ id: 'pytorch', container: 'pytorch', roots: ['', 'model'], ignored: [] }],
    sources: [
      {
        layout: 'pytorch',
        kind: 'link',
        url: 'https://example.org/XMem.pth',
        fileName: 'XMem.pth',
        sizeBytes: null,
        sha256: null,
        sha256Prefix: null,
        licence: 'MIT',
      },
    ],
    variants: {
      fp32: {
        graphs: { key: { ...graph, outputs: {} } },
        weightFiles: [{ path: 'weights.fp32.0.bin', sizeBytes: 88 }],
        tensors: [
          {
            name: 'a',
            dtype: 'float32',
            shape: [3, 2],
            file: 0,
            offset: 64,
            from: {
              pytorch: {
                name: 'x',
                shape: [4, 3],
                steps: [
                  { kind: 'slice', axis: 0, start: 1, end: 3 },
                  { kind: 'transpose', axes: [1, 0] },
                ],
              },
            },
          },
          {
            name: 'b',
            dtype: 'float16',
            shape: [5],
            file: 0,
            offset: 0,
            from: { pytorch: { name: 'y', shape: [5], steps: [] } },
          },
        ],
      },
    },
    provenance: { testedWith: 'seeded weights' },
  };
  return manifest;
}

/** The example with another value at a place such as `variants.fp32.graphs`. */
function changed(place: string, value: unknown): unknown {
  const json: unknown = example();
  const keys = place.split('.');
  let inner = json as Record<string, unknown>;
  for (const key of keys.slice(0, -1)) {
    inner = inner[key] as Record<string, unknown>;
  }
  inner[keys.at(-1)!] = value;
  return json;
}

describe('parseGraphManifest', () => {
  it('reads a manifest as it was described', () => {
    const manifest = parseGraphManifest(example());
    expect(manifest).toEqual(example());
  });

  it('takes what the official weights give, for either precision', () => {
    const official = {
      fp32: { 'key.key': { mean: 0.5, deviation: 2 } },
      fp16: { 'key.key': { mean: 0.51, deviation: 2 }, 'key.shrinkage': { mean: -3, deviation: 0 } },
    };
    expect(parseGraphManifest(changed('officialStatistics', official)).officialStatistics).toEqual(official);
  });

  const fp32 = 'variants.fp32';
  it.each([
    ['another version', 'formatVersion', 2, /formatVersion/],
    ['an unknown model', 'id', 'ymem', /id/],
    ['a graph elsewhere', `${fp32}.graphs.key.file`, '../x.onnx', /file/],
    ['weights elsewhere', `${fp32}.weightFiles.0.path`, '..', /path/],
    ['a name twice', `${fp32}.weightFiles.0.path`, 'KEY.fp32.onnx', /twice/],
    ['an odd offset', `${fp32}.tensors.0.offset`, 65, /multiple of 64/],
    ['an overlap', `${fp32}.tensors.0.offset`, 0, /a lies over b|b lies over a/],
    ['a weight beyond the end', `${fp32}.tensors.0.offset`, 128, /ends behind/],
    ['a file that is not there', `${fp32}.tensors.1.file`, 1, /not listed/],
    ['a shape that the steps do not make', `${fp32}.tensors.0.shape`, [2, 3], /\[3, 2\]/],
    ['a slice that does not fit', `${fp32}.tensors.0.from.pytorch.shape`, [2, 3], /slice/],
    ['a weight twice', `${fp32}.tensors.1.name`, 'a', /twice/],
    ['a weight from nowhere', `${fp32}.tensors.1.from`, {}, /no origin/],
    [
      'a weight from an unknown layout, too',
      `${fp32}.tensors.1.from.onnx`,
      { name: 'y', shape: [5], steps: [] },
      /unknown layout onnx/,
    ],
    ['a source of an unknown layout', 'sources.0.layout', 'onnx', /XMem\.pth has the unknown layout/],
    [
      'a layout twice',
      'layouts',
      [
        { id: 'pytorch', container: 'pytorch', roots: [''], ignored: [] },
        { id: 'pytorch', container: 'safetensors', roots: [''], ignored: [] },
      ],
      /layout stands twice/,
    ],
    ['a huge shape', `${fp32}.tensors.1.from.pytorch.shape`, [2 ** 50, 2 ** 50], /too large/],
    ['a huge file', `${fp32}.weightFiles.0.sizeBytes`, 2e9, /sizeBytes/],
    ['a source over plain http', 'sources.0.url', 'http://a.b/c', /url/],
    ['no variants', 'variants', {}, /no variant/],
    ['half a statistic', 'officialStatistics', { fp32: { 'key.key': { mean: 1 } } }, /deviation/],
    [
      'a statistic that is no number',
      'officialStatistics',
      { fp32: { k: { mean: 'x', deviation: 1 } } },
      /mean/,
    ],
  ])('refuses %s', (_, place, value, reason) => {
    expect(() => parseGraphManifest(changed(place, value))).toThrow(reason);
  });
});
