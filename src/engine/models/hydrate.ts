/** Fills the weights of a model's graphs from an official checkpoint, in bounded memory. */
import { createSHA256 } from 'hash-wasm';
import { cancelledError } from '../../core/base/errors';
import type { CheckpointPart, TensorGroup } from '../../core/checkpoint/checkpointIndex';
import { CheckpointProblem } from '../../core/checkpoint/checkpointProblem';
import { fits, matchTensors, type TensorMatch } from '../../core/checkpoint/matchTensors';
import {
  weightBytes,
  type GraphManifest,
  type GraphTensor,
  type GraphVariant,
} from '../../core/models/graphManifest';
import type { ModelVariant } from '../../core/models/modelStatus';
import { readingError, type Checkpoint } from '../checkpoint/openCheckpoint';
import { OpenParts } from '../checkpoint/openParts';
import { StoredChecks } from '../checkpoint/storedChecks';
import { containerDoesNotFit, tensorsDoNotFit, weightDoesNotFit } from './checkpointMismatch';
import { checkOfficialHash, checkOfficialSize, hashSource, type ExpectedFile } from './officialFile';
import { readWeight } from './weightReader';

/** Takes the files of weights, each from its first byte to its last, one file after the other. */
export type WeightSink = {
  /** `file` is an index in the manifest's `weightFiles`. */
  write(file: number, offset: number, bytes: Uint8Array<ArrayBuffer>): void | Promise<void>;
};

export type HydrationProgress = {
  readonly phase: 'checking' | 'writing';
  /** 0..1 over both phases. */
  readonly fraction: number;
  /** Of this phase. */
  readonly doneBytes: number;
  readonly totalBytes: number;
};

export type HydrationReport = {
  readonly layout: string;
  /** Dictionary keys under which the weights lay, joined by `/`. */
  readonly root: string;
  readonly checkpointName: string;
  readonly checkpointBytes: number;
  readonly checkpointSha256: string;
  /** Whether that is the hash of the official file; null where none is known. */
  readonly isOfficial: boolean | null;
  /** The host by whose word alone it is the right file; null for others. */
  readonly statedBy: string | null;
  /** Of all files of weights one behind the other. */
  readonly weightsSha256: string;
  readonly weightBytes: number;
  /** How many tensors of the checkpoint were used. */
  readonly usedTensors: number;
  /** Tensors that were neither used nor expected, which does no harm. */
  readonly extraTensors: readonly string[];
};

export type HydrationTask = {
  readonly manifest: GraphManifest;
  readonly variant: ModelVariant;
  readonly checkpoint: Checkpoint;
  /** What the checkpoint has to be; left out for files that the user chose. */
  readonly expected?: ExpectedFile | null;
  readonly sink: WeightSink;
  readonly onProgress?: (progress: HydrationProgress) => void;
  readonly signal?: AbortSignal;
};

/**
 * Checks the whole file first, then writes. Rejects with a UserFacingError: `checkpoint-mismatch` (with `details` of
 * each tensor), `checkpoint-unreadable`, `storage-failed` or `cancelled`, or with what the sink rejects with; what was
 * written until then is to be thrown away. Holds the largest tensor in memory at most, and 64 MB.
 */
export async function hydrate(task: HydrationTask): Promise<HydrationReport> {
  const { checkpoint, manifest, signal } = task;
  const parts = new OpenParts(checkpoint.source, signal);
  try {
    return await hydrateChecked(task, parts);
  } catch (error) {
    if (isSinkError(error)) {
      throw error.cause;
    }
    throw readingError(checkpoint.source.name, withModel(error, manifest.name));
  } finally {
    await parts.close();
  }
}

/** What the sink threw, so that it is not taken for a fault of the file. */
class SinkError extends Error {
  override name = 'SinkError';
}

function isSinkError(error: unknown): error is SinkError {
  return error instanceof SinkError;
}

function withModel(error: unknown, modelName: string): unknown {
  return error instanceof CheckpointProblem
    ? new CheckpointProblem(`${error.message} (while reading it for ${modelName})`, { cause: error })
    : error;
}

async function hydrateChecked(task: HydrationTask, parts: OpenParts): Promise<HydrationReport> {
  const { manifest, checkpoint, expected = null, signal } = task;
  const { source } = checkpoint;
  const variant = manifest.variants[task.variant];
  if (!variant) {
    throw new Error(`${manifest.name} has no variant ${task.variant}`);
  }
  checkOfficialSize(manifest, source);
  const match = matchTensors(manifest.layouts, variant, checkpoint);
  if (!match) {
    throw containerDoesNotFit(source.name, manifest, checkpoint.container);
  }
  if (!fits(match)) {
    throw tensorsDoNotFit(source.name, manifest, match);
  }
  const total = variant.weightFiles.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const all = source.sizeBytes + total;
  const tell = (phase: HydrationProgress['phase'], doneBytes: number): void => {
    const before = phase === 'checking' ? 0 : source.sizeBytes;
    const totalBytes = phase === 'checking' ? source.sizeBytes : total;
    task.onProgress?.({ phase, doneBytes, totalBytes, fraction: (before + doneBytes) / all });
  };
  const checks = new StoredChecks(await parts.storedPlaces(partsOf(checkpoint, variant, match)));
  const onPiece = (at: number, bytes: Uint8Array): void => {
    checks.take(at, bytes);
    tell('checking', at + bytes.length);
  };
  const checkpointSha256 = await hashSource(source, onPiece, signal);
  const isOfficial = checkOfficialHash(manifest, source.name, checkpointSha256, expected);
  const weightsSha256 = await writeWeights(task, { variant, match, parts }, (done) => tell('writing', done));
  return {
    layout: match.layout,
    root: match.root,
    checkpointName: source.name,
    checkpointBytes: source.sizeBytes,
    checkpointSha256,
    isOfficial,
    statedBy: expected?.sha256 && isOfficial !== true ? expected.statedBy : null,
    weightsSha256,
    weightBytes: total,
    usedTensors: match.needed,
    extraTensors: match.extra,
  };
}

function partsOf({ groups }: Checkpoint, { tensors }: GraphVariant, match: TensorMatch): CheckpointPart[] {
  const group = groups.get(match.root)!;
  return tensors.map(({ from }) => group.get(from[match.layout]!.name)!.part);
}

type WritingPlan = {
  readonly variant: GraphVariant;
  readonly match: TensorMatch;
  readonly parts: OpenParts;
};

/** Returns the hash of all files one behind the other. */
async function writeWeights(
  { checkpoint, sink, signal }: HydrationTask,
  { variant, match, parts }: WritingPlan,
  onWritten: (bytes: number) => void,
): Promise<string> {
  const from = {
    name: checkpoint.source.name,
    group: checkpoint.groups.get(match.root)!,
    layout: match.layout,
    parts,
  };
  const hash = await createSHA256();
  let written = 0;
  const write = async (file: number, offset: number, bytes: Uint8Array<ArrayBuffer>): Promise<void> => {
    if (signal?.aborted) {
      throw cancelledError();
    }
    hash.update(bytes);
    try {
      await sink.write(file, offset, bytes);
    } catch (error) {
      throw new SinkError('weights could not be written', { cause: error });
    }
    written += bytes.length;
    onWritten(written);
  };
  for (const [file, { sizeBytes }] of variant.weightFiles.entries()) {
    const tensors = variant.tensors.filter((tensor) => tensor.file === file);
    let end = 0;
    for (const tensor of tensors.toSorted((a, b) => a.offset - b.offset)) {
      await writeZeros(end, tensor.offset, (at, bytes) => write(file, at, bytes));
      await writeWeight(from, tensor, (at, bytes) => write(file, at, bytes));
      end = tensor.offset + weightBytes(tensor);
    }
    await writeZeros(end, sizeBytes, (at, bytes) => write(file, at, bytes));
  }
  await parts.finish();
  return hash.digest('hex');
}

type Write = (offset: number, bytes: Uint8Array<ArrayBuffer>) => Promise<void>;

const ZEROS_AT_ONCE = 1 << 20;

async function writeZeros(start: number, end: number, write: Write): Promise<void> {
  for (let at = start; at < end; at += ZEROS_AT_ONCE) {
    await write(at, new Uint8Array(Math.min(ZEROS_AT_ONCE, end - at)));
  }
}

type WeightsFrom = {
  /** Of the file. */
  readonly name: string;
  readonly group: TensorGroup;
  readonly layout: string;
  readonly parts: OpenParts;
};

async function writeWeight(from: WeightsFrom, tensor: GraphTensor, write: Write): Promise<void> {
  const { name, steps } = tensor.from[from.layout]!;
  const entry = from.group.get(name)!;
  let at = tensor.offset;
  try {
    const part = await from.parts.open(entry.part);
    for await (const bytes of readWeight({ entry, part }, steps, tensor.dtype)) {
      await write(at, bytes);
      at += bytes.length;
    }
  } catch (error) {
    throw error instanceof CheckpointProblem ? weightDoesNotFit(from.name, name, error.message) : error;
  }
}
