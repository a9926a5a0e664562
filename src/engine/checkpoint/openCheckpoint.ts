/** Recognises a checkpoint by its first bytes, and reads which tensors it has. */
import { messageOf, UserFacingError } from '../../core/base/errors';
import type { CheckpointIndex } from '../../core/checkpoint/checkpointIndex';
import { CheckpointProblem, refuse } from '../../core/checkpoint/checkpointProblem';
import { readOnnx } from '../../core/checkpoint/onnxInitialisers';
import { readSafetensors } from '../../core/checkpoint/safetensorsHeader';
import { readTorchLegacy } from '../../core/checkpoint/torchLegacy';
import { checkByteOrder, findTorchZip, torchZipIndex } from '../../core/checkpoint/torchZip';
import { decodeUtf8 } from '../../core/checkpoint/utf8';
import { readZipDirectory, type ZipEntry } from '../../core/checkpoint/zipDirectory';
import type { ByteSource } from './byteSource';
import { OpenParts } from './openParts';
import { runPlan, throwIfCancelled } from './runPlan';
import { StoredChecks } from './storedChecks';

export type Checkpoint = CheckpointIndex & { readonly source: ByteSource };

/**
 * Rejects with a UserFacingError: `checkpoint-unreadable`, `storage-failed` when the disk does not give the file, or
 * `cancelled`. Executes nothing that is in the file.
 */
export async function openCheckpoint(source: ByteSource, signal?: AbortSignal): Promise<Checkpoint> {
  try {
    throwIfCancelled(signal);
    const index = await readIndex(source, signal);
    return { ...index, source };
  } catch (error) {
    throw readingError(source.name, error);
  }
}

/**
 * Only a CheckpointProblem is the file's own fault. Errors of the disk are told as such; all others are passed on as
 * they are.
 */
export function readingError(name: string, error: unknown): unknown {
  if (error instanceof CheckpointProblem) {
    return unreadableCheckpoint(name, error);
  }
  return error instanceof DOMException ? unreadFile(name, error) : error;
}

/** Browsers give a DOMException for a file that was moved or changed since it was chosen, and for a failing disk. */
function unreadFile(name: string, cause: DOMException): UserFacingError {
  return new UserFacingError(
    {
      code: 'storage-failed',
      what: `${name} could not be read to its end: ${messageOf(cause)}`,
      safe: 'A download of it is kept, and models that are ready stay so.',
      todo: 'Try again; if the file was moved or changed meanwhile, choose it anew.',
    },
    { cause },
  );
}

function unreadableCheckpoint(name: string, cause: CheckpointProblem): UserFacingError {
  return new UserFacingError(
    {
      code: 'checkpoint-unreadable',
      what: `${name} cannot be read as weights of a model: ${messageOf(cause)}.`,
      safe: 'Nothing of it was kept, and models that are ready stay so.',
      todo: 'Download the official file again, from the address that the models page names, and choose that.',
    },
    { cause },
  );
}

async function readIndex(source: ByteSource, signal?: AbortSignal): Promise<CheckpointIndex> {
  const head = await source.read(0, Math.min(16, source.sizeBytes));
  const text = String.fromCharCode(...head);
  if (text.startsWith('PK\x03\x04')) {
    return await readTorchZip(source, signal);
  }
  // A pickle of protocol 2 that begins with a long number, as the magic one is.
  if (text.startsWith('\x80\x02\x8a')) {
    return await runPlan(source, readTorchLegacy(source.sizeBytes), signal);
  }
  if (text[8] === '{') {
    return await runPlan(source, readSafetensors(source.sizeBytes), signal);
  }
  // `ir_version` comes first in an ONNX file.
  if (head[0] === 0x08) {
    return await runPlan(source, readOnnx(source.sizeBytes), signal);
  }
  return refuse(whatElse(text, source.sizeBytes));
}

function whatElse(head: string, sizeBytes: number): string {
  if (sizeBytes === 0) {
    return 'it is empty';
  }
  if (/^\s*<(!doctype|html|\?xml)/i.test(head)) {
    return 'it is a web page, so the download led elsewhere';
  }
  if (head.startsWith('version https://')) {
    return 'it is only a pointer to the file (Git LFS), not the file itself';
  }
  return 'it is neither a .safetensors file, nor a checkpoint of PyTorch, nor an ONNX graph';
}

async function readTorchZip(source: ByteSource, signal?: AbortSignal): Promise<CheckpointIndex> {
  const entries = await runPlan(source, readZipDirectory(source.sizeBytes), signal);
  const { folder, pickle, byteOrder } = findTorchZip(entries);
  const parts = new OpenParts(source, signal);
  if (byteOrder) {
    checkByteOrder(decodeUtf8(await readWhole(parts, byteOrder)));
  }
  return torchZipIndex(await readWhole(parts, pickle), folder, entries);
}

async function readWhole(parts: OpenParts, entry: ZipEntry): Promise<Uint8Array> {
  const part = { kind: 'zipEntry' as const, entry };
  const bytes = await (await parts.open(part)).read(0, entry.sizeBytes);
  for (const { start } of await parts.storedPlaces([part])) {
    new StoredChecks([{ entry, start }]).take(start, bytes);
  }
  return bytes;
}
