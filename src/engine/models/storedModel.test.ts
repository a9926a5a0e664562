/** Weights are taken for those of a manifest only where they were made as it says. */
import { expect, it } from 'vitest';
import type { GraphVariant, TensorOrigin } from '../../core/models/graphManifest';
import { smallManifest } from './__fixtures__/smallModel';
import { arrangementOf, variantFor, withGraphsOf } from './storedModel';

const variant = smallManifest.variants.fp32!;

/** The small model with another origin of its second weight in PyTorch files. */
function withOrigin(change: (origin: TensorOrigin) => TensorOrigin): GraphVariant {
  const tensors = variant.tensors.map((tensor, index) =>
    index === 1 ? { ...tensor, from: { ...tensor.from, torch: change(tensor.from['torch']!) } } : tensor,
  );
  return { ...variant, tensors };
}

it('tells weights apart that were made of other tensors, or in another way', async () => {
  const before = await arrangementOf(variant, 'torch');
  expect(
    await arrangementOf(
      withOrigin((origin) => ({ ...origin })),
      'torch',
    ),
  ).toBe(before);
  const others = [
    withOrigin((origin) => ({ ...origin, name: 'other.weight' })),
    withOrigin((origin) => ({ ...origin, shape: [3, 6] })),
    withOrigin((origin) => ({ ...origin, steps: origin.steps.slice(1) })),
    withOrigin((origin) => ({
      ...origin,
      steps: origin.steps.map((step) => (step.kind === 'slice' ? { ...step, start: step.start + 1 } : step)),
    })),
  ];
  const arrangements = await Promise.all(others.map((other) => arrangementOf(other, 'torch')));
  expect(new Set([before, ...arrangements]).size).toBe(5);
});

it('tells weights apart that lie in other files', async () => {
  const [first, ...rest] = variant.weightFiles;
  const before = await arrangementOf(variant, 'torch');
  for (const change of [{ path: 'other.bin' }, { sizeBytes: first!.sizeBytes + 64 }]) {
    const weightFiles = [{ ...first!, ...change }, ...rest];
    expect(await arrangementOf({ ...variant, weightFiles }, 'torch')).not.toBe(before);
  }
});

it('lets weights be that were made of the other kind of file', async () => {
  const changed = withOrigin((origin) => ({ ...origin, name: 'other.weight' }));
  expect(await arrangementOf(changed, 'tensors')).toBe(await arrangementOf(variant, 'tensors'));
});

it('does not depend on the order of keys in the manifest', async () => {
  const turned = withOrigin((origin) => ({
    ...origin,
    steps: origin.steps.map((step) => Object.fromEntries(Object.entries(step).toReversed()) as typeof step),
  }));
  expect(await arrangementOf(turned, 'torch')).toBe(await arrangementOf(variant, 'torch'));
});

it('goes with a build that arranges weights as before, whose graphs it then names, and with no other', async () => {
  const model = {
    variant: 'fp32',
    checkpointName: 'w.pth',
    checkpointBytes: 9,
    checkpointSha256: null,
    isOfficial: null,
    weightsSha256: null,
    storedBytes: 9,
    hydratedAtMs: 0,
    graphs: [{ name: 'net.fp32.onnx', sha256: 'a'.repeat(64) }],
  } as const;
  const record = { model, layout: 'torch', arrangement: await arrangementOf(variant, 'torch') };
  const graphs = { net: { ...variant.graphs['net']!, sha256: 'b'.repeat(64) } };
  const later = await variantFor(record, { variants: { fp32: { ...variant, graphs } } });
  expect(withGraphsOf(model, later!).graphs).toEqual([{ name: 'net.fp32.onnx', sha256: 'b'.repeat(64) }]);
  const weightFiles = [...variant.weightFiles, { path: 'more.bin', sizeBytes: 4 }];
  expect(await variantFor(record, { variants: { fp32: { ...variant, weightFiles } } })).toBeNull();
  expect(await variantFor(record, { variants: { fp16: variant } })).toBeNull();
});
