/** A file is told to be one model's, and no other's, by what it holds. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import {
  rowMajorStrides,
  type CheckpointIndex,
  type TensorEntry,
} from '../../core/checkpoint/checkpointIndex';
import type { CheckpointLayout, GraphManifest } from '../../core/models/graphManifest';
import { models } from '../../core/models/shelf';
import { officialPlaces } from '../../core/models/officialPlaces';
import { parseGraphManifest } from './parseGraphManifest';
import { isCheckpointOf } from './whoseCheckpoint';

const folder = new URL('../../../public/models/', import.meta.url);
const manifests = readdirSync(folder)
  .filter((id) => existsSync(new URL(`${id}/manifest.json`, folder)))
  .map((id) => parseGraphManifest(JSON.parse(readFileSync(new URL(`${id}/manifest.json`, folder), 'utf8'))));

/** The names and shapes of a model's official file in one of its forms, without the numbers. */
function officialIndex(
  { variants }: GraphManifest,
  { id, container, roots }: CheckpointLayout,
): CheckpointIndex {
  const tensors = (variants.fp32?.tensors ?? []).map(({ from }) => from[id]!);
  const group = new Map(
    tensors.map(({ name, shape }) => {
      const part = { kind: 'stretch', offset: 0, sizeBytes: 0 } as const;
      const entry: TensorEntry = {
        dtype: 'float32',
        shape,
        strides: rowMajorStrides(shape),
        offset: 0,
        part,
      };
      return [name, entry];
    }),
  );
  return { container, groups: new Map([[roots[0]!, group]]) };
}

const forms = manifests.flatMap((manifest) => manifest.layouts.map((layout) => [manifest, layout] as const));

it.each(forms.map(([manifest, layout]) => [`${manifest.id}, ${layout.id}`, manifest, layout] as const))(
  'the file of %s',
  (_, manifest, layout) => {
    const index = officialIndex(manifest, layout);
    const owners = manifests.filter((other) => isCheckpointOf(other, index)).map(({ id }) => id);
    expect(owners).toEqual([manifest.id]);
  },
);

it('names every official file once, with its place', () => {
  const places = manifests.map(({ id, sources }) => [models[id].name, officialPlaces(sources)]);
  expect(Object.fromEntries(places)).toMatchObject({
    XMem: 'XMem.pth from github.com/hkchengrex/XMem',
    'SAM 2.1 tiny':
      'model.safetensors from huggingface.co/facebook/sam2.1-hiera-tiny, or sam2.1_hiera_tiny.pt from huggingface.co/facebook/sam2.1-hiera-tiny',
    'SAM ViT-B':
      'model.safetensors from huggingface.co/facebook/sam-vit-base, or sam_vit_b_01ec64.pth from dl.fbaipublicfiles.com',
    MobileSAM: '',
  });
});
