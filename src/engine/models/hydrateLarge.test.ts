/** Files of weights are written from front to back whatever the manifest's order, and large files are left at once. */
import { expect, it } from 'vitest';
import type { GraphManifest } from '../../core/models/graphManifest';
import { float32Tensor, writeSafetensors } from '../checkpoint/__fixtures__/writeSafetensors';
import { writePytorchZip } from '../checkpoint/__fixtures__/writePytorchZip';
import { bytesSource, type ByteSource } from '../checkpoint/byteSource';
import { openCheckpoint } from '../checkpoint/openCheckpoint';
import { memorySink, smallManifest, smallTensors } from './__fixtures__/smallModel';
import { hydrate } from './hydrate';

async function written(manifest: GraphManifest) {
  const sink = memorySink(manifest, 'fp32');
  const order: [number, number][] = [];
  const checkpoint = await openCheckpoint(bytesSource(writePytorchZip(smallTensors())));
  const report = await hydrate({
    manifest,
    variant: 'fp32',
    checkpoint,
    sink: {
      write: (file, offset, bytes) => {
        order.push([file, offset]);
        return sink.write(file, offset, bytes);
      },
    },
  });
  return { files: sink.files, order, hash: report.weightsSha256 };
}

it('writes front to back when the manifest lists weights in another order', async () => {
  const fp32 = smallManifest.variants.fp32!;
  const turned = { ...smallManifest, variants: { fp32: { ...fp32, tensors: fp32.tensors.toReversed() } } };
  const [plain, other] = [await written(smallManifest), await written(turned)];
  expect(other).toEqual(plain);
  expect(plain.order).toEqual(plain.order.toSorted(([a, b], [c, d]) => a - c || b - d));
});

it('reads no further when it is cancelled while a large file is checked', async () => {
  const count = 3 * 2 ** 20;
  const plain = bytesSource(writeSafetensors({ w: float32Tensor([count], new Float32Array(count)) }));
  let reads = 0;
  const source: ByteSource = {
    ...plain,
    read: (offset, length) => {
      reads += 1;
      return plain.read(offset, length);
    },
  };
  const from = { tensors: { name: 'w', shape: [count], steps: [] } };
  const tensor = { name: 'w', dtype: 'float32' as const, shape: [count], file: 0, offset: 0, from };
  const weightFiles = [{ path: 'w.bin', sizeBytes: 4 * count }];
  const manifest: GraphManifest = {
    ...smallManifest,
    variants: { fp32: { graphs: {}, weightFiles, tensors: [tensor] } },
  };
  const checkpoint = await openCheckpoint(source);
  const controller = new AbortController();
  reads = 0;
  const hydrating = hydrate({
    manifest,
    variant: 'fp32',
    checkpoint,
    sink: { write: () => Promise.reject(new Error('not asked')) },
    onProgress: () => controller.abort(),
    signal: controller.signal,
  });
  await expect(hydrating).rejects.toMatchObject({ code: 'cancelled' });
  expect(reads).toBe(1);
});
