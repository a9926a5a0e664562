/** Recognises a checkpoint by its first bytes, and reads which tensors it has. */
import { isCancelled, messageOf, UserFacingError } from '../../core/base/errors';
import type { CheckpointIndex, CheckpointPart } from '../../core/checkpoint/checkpointIndex';
import { CheckpointProblem, refuse } from '../../core/checkpoint/checkpointProblem';
import { readOnnx } from '../../core/checkpoint/onnxInitialisers';
import { readSafetensors } from '../../core/checkpoint/safetensorsHeader';
import { readTorchLegacy } from '../../core/checkpoint/torchLegacy';
import { checkByteOrder, findTorchZip, torchZipIndex } from '../../core/checkpoint/torchZip';
import { decodeUtf8 } from '../../core/checkpoint/utf8';
import { readZipDirectory, readZipEntryStart, type ZipEntry } from '../../core/checkpoint/zipDirectory';
import type { ByteSource } from './byteSource';
import { InflatedEntry } from './inflatedEntry';
import { runPlan, throwIfCancelled } from './runPlan';

/** Reads bytes of one part of a checkpoint. Rejects with a CheckpointProblem for damaged ones. */
export type PartReader = {
  read(offset: number, lengthBytes: number): Promise<Uint8Array<ArrayBuffer>>;
};

export type Checkpoint = CheckpointIndex & {
  readonly source: ByteSource;
  openPart(part: CheckpointPart): Promise<PartReader>;
};

/** Rejects with a UserFacingError `checkpoint-unreadable`, or `cancelled`. Executes nothing that is in the file. */
export async function openCheckpoint(source: ByteSource, signal?: AbortSignal): Promise<Checkpoint> {
  try {
    throwIfCancelled(signal);
    const index = await readIndex(source, signal);
    return { ...index, source, openPart: (part) => openPart(source, part) };
  } catch (error) {
    throw isCancelled(error) ? error : unreadableCheckpoint(source.name, error);
  }
}

/** The message for a file that cannot be used, for whatever reason. */
export function unreadableCheckpoint(name: string, cause: unknown): UserFacingError {
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
  if (byteOrder) {
    checkByteOrder(decodeUtf8(await readWhole(source, byteOrder)));
  }
  return torchZipIndex(await readWhole(source, pickle), folder, entries);
}

async function readWhole(source: ByteSource, entry: ZipEntry): Promise<Uint8Array> {
  const part = await openPart(source, { kind: 'zipEntry', entry });
  return await part.read(0, entry.sizeBytes);
}

async function openPart(source: ByteSource, part: CheckpointPart): Promise<PartReader> {
  if (part.kind === 'stretch') {
    return stretchReader(source, part.offset, part.sizeBytes);
  }
  const start = await runPlan(source, readZipEntryStart(part.entry));
  return part.entry.method === 'stored'
    ? stretchReader(source, start, part.entry.sizeBytes)
    : new InflatedEntry(source, part.entry, start);
}

function stretchReader(source: ByteSource, start: number, sizeBytes: number): PartReader {
  return {
    read: async (offset, lengthBytes) => {
      if (offset + lengthBytes > sizeBytes) {
        throw new CheckpointProblem('a tensor reaches over the end of its numbers');
      }
      return await source.read(start + offset, lengthBytes);
    },
  };
}
