/** XMem's checkpoint with weights computed from their names, in PyTorch's format, and what the original draws with it. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  floatTensor,
  writePytorchZip,
  type TorchTensor,
} from '../../src/engine/checkpoint/__fixtures__/writePytorchZip';
import { goldenTensors, type GoldenTensors } from '../../src/engine/xmem/__fixtures__/goldenFile';
import { seededValues } from '../../src/engine/xmem/__fixtures__/seededXMem';

/** Reference outputs of the original, made outside of this repository. */
export const xmemParity = join(import.meta.dirname, '..', '..', '..', 'shared', 'parity', 'xmem');

export const hasXmemParity = existsSync(join(xmemParity, 'golden.json'));

type Golden = {
  readonly width: number;
  readonly height: number;
  readonly config: Readonly<Record<string, number>>;
  readonly frames: readonly unknown[];
  readonly parameters: readonly (readonly [name: string, shape: number[], dtype: string, kind: string])[];
};

export function xmemGolden(): { readonly json: Golden; readonly tensors: GoldenTensors } {
  return {
    json: JSON.parse(readFileSync(join(xmemParity, 'golden.json'), 'utf8')) as Golden,
    tensors: goldenTensors(Uint8Array.from(readFileSync(join(xmemParity, 'golden.safetensors')))),
  };
}

/** All 412 tensors under their official names, counters included: about 249 MB. */
export function writeXmemCheckpoint(path: string, { parameters }: Golden): void {
  const tensors = Object.fromEntries(
    parameters.map(([name, shape, dtype]): [string, TorchTensor] => [
      name,
      dtype === 'int64'
        ? { type: 'LongStorage', shape, bytes: new Uint8Array(8) }
        : floatTensor(shape, seededValues({ name, shape })),
    ]),
  );
  writeFileSync(path, writePytorchZip(tensors));
}

/** XMem's manifest with the small memory that the reference outputs were made with. */
export function withSmallMemory(manifest: string, { config: small }: Golden): string {
  const { config, ...rest } = JSON.parse(manifest) as { config: Record<string, unknown> };
  return JSON.stringify({
    ...rest,
    config: {
      ...config,
      memoryEvery: small['mem_every'],
      maxWorkingFrames: small['max_mid_term_frames'],
      minWorkingFrames: small['min_mid_term_frames'],
      prototypes: small['num_prototypes'],
      maxLongTermElements: small['max_long_term_elements'],
    },
  });
}
