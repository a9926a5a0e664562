/** The self-test knows MobileSAM's official weights from others by what its manifest states of them. */
import { expect, it } from 'vitest';
import type { GraphManifest } from '../../core/models/graphManifest';
import type { TestVerdict } from '../../core/models/modelTest';
import { nodeWasmContext } from '../ort/__fixtures__/nodeWasmRuntime';
import { shelfMobileSam } from '../sam/__fixtures__/mobilesamFiles';
import { testModel } from './modelSelfTest';
import type { ShelfModelFiles } from './shelfFiles';
import { releaseGraphs, startGraphs } from './shelfSessions';

const root = new URL('../../../', import.meta.url);

/** Of one run: the second, which is there to be timed, is given the first one's outputs. */
async function verdictOf(files: ShelfModelFiles): Promise<TestVerdict> {
  const { encoder } = await startGraphs(nodeWasmContext(), files, null, { only: ['encoder'] });
  let ran: ReturnType<NonNullable<typeof encoder>['run']> | null = null;
  const once: Parameters<typeof testModel>[0] = {
    run: (run) => (ran ??= encoder!.run(run)),
    disposeTensor: () => undefined,
  };
  const { verdict } = await testModel(once, files.manifest, 'fp32');
  await releaseGraphs({ encoder: encoder! });
  return verdict;
}

/** The same weights, but for one tensor that stands backwards. */
function withTensorBackwards(files: ShelfModelFiles, name: string): ShelfModelFiles {
  const tensor = tensorOf(files.manifest, name);
  const count = tensor.shape.reduce((product, side) => product * side, 1);
  const weights = files.weights.map(({ path, data }, index) => {
    const bytes = (data as Uint8Array<ArrayBuffer>).slice();
    if (index === tensor.file) {
      new Float32Array(bytes.buffer, tensor.offset, count).reverse();
    }
    return { path, data: bytes };
  });
  return { ...files, weights };
}

function tensorOf({ variants }: GraphManifest, name: string) {
  return variants.fp32!.tensors.find((tensor) => tensor.name === name)!;
}

it('finds the official weights to be so, and others to be others', async () => {
  const files = await shelfMobileSam(root, 'fp32');
  expect(await verdictOf(files)).toBe('asOfficial');
  expect(await verdictOf(withTensorBackwards(files, 'neck.0.weight'))).toBe('otherThanOfficial');
}, 120_000);
