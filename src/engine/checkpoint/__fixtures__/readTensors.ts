/** Reads whole tensors of a checkpoint, for tests. */
import type { TensorEntry } from '../../../core/checkpoint/checkpointIndex';
import type { WeightDtype } from '../../../core/models/graphManifest';
import { readWeight } from '../../models/weightReader';
import type { Checkpoint } from '../openCheckpoint';
import { OpenParts } from '../openParts';

export async function readFloats(checkpoint: Checkpoint, entry: TensorEntry): Promise<Float32Array> {
  return new Float32Array((await readBytes(checkpoint, entry, 'float32')).buffer);
}

export async function readIntegers(checkpoint: Checkpoint, entry: TensorEntry): Promise<number[]> {
  const { buffer } = await readBytes(checkpoint, entry, 'int64');
  return entry.dtype === 'int64' ? [...new BigInt64Array(buffer)].map(Number) : [...new Uint8Array(buffer)];
}

async function readBytes(
  checkpoint: Checkpoint,
  entry: TensorEntry,
  dtype: WeightDtype,
): Promise<Uint8Array<ArrayBuffer>> {
  const part = await new OpenParts(checkpoint.source).open(entry.part);
  const pieces: number[] = [];
  for await (const piece of readWeight({ entry, part }, [], dtype)) {
    piece.forEach((byte) => pieces.push(byte));
  }
  return new Uint8Array(pieces);
}
