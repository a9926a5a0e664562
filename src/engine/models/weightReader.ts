/** Makes one weight of a graph out of a tensor of a checkpoint, piece by piece. */
import { bytesPerElement, type TensorEntry } from '../../core/checkpoint/checkpointIndex';
import { refuse } from '../../core/checkpoint/checkpointProblem';
import { convertElements } from '../../core/checkpoint/convertElements';
import {
  elementIndices,
  PADDING,
  runStart,
  usedSpan,
  viewElements,
  viewOfTensor,
  type TensorView,
} from '../../core/checkpoint/tensorView';
import type { TensorStep, WeightDtype } from '../../core/models/graphManifest';
import type { PartReader } from '../checkpoint/openParts';

/** Elements handed on at once: 2 MB of the checkpoint at most. Pieces pile up until they are collected. */
const PIECE_ELEMENTS = 1 << 18;

/** A tensor that is not in order is read whole, with at most so much of others between its elements. */
const MAX_BETWEEN_BYTES = 32 * 1024 * 1024;

type Source = { readonly entry: TensorEntry; readonly part: PartReader };

/** Rejects with a CheckpointProblem about the tensor. */
export async function* readWeight(
  { entry, part }: Source,
  steps: readonly TensorStep[],
  dtype: WeightDtype,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const view = viewOfTensor(entry, steps);
  const size = bytesPerElement(entry.dtype);
  const start = runStart(view);
  const total = viewElements(view);
  const gather = start === null ? await gatherer(entry, part, view) : null;
  for (let from = 0; from < total; from += PIECE_ELEMENTS) {
    const count = Math.min(PIECE_ELEMENTS, total - from);
    const bytes = gather ? gather(from, count) : await part.read((start! + from) * size, count * size);
    yield convertElements(bytes, entry.dtype, dtype);
  }
}

type Words =
  Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | BigUint64Array<ArrayBuffer>;

/** Reads all that the view uses, and gives its elements in order. */
async function gatherer(
  entry: TensorEntry,
  part: PartReader,
  view: TensorView,
): Promise<(from: number, count: number) => Uint8Array<ArrayBuffer>> {
  const size = bytesPerElement(entry.dtype);
  const { start, length } = usedSpan(view);
  if (length * size > viewElements(view) * size + MAX_BETWEEN_BYTES) {
    refuse('is scattered over too much of its file');
  }
  const span = await part.read(start * size, length * size);
  const words = wordsOf(span, size);
  const indices = new Float64Array(Math.min(PIECE_ELEMENTS, viewElements(view)));
  return (from, count) => {
    const bytes = new Uint8Array(count * size);
    elementIndices(view, from, count, indices);
    pick(words, indices, start, wordsOf(bytes, size));
    return bytes;
  };
}

function wordsOf(bytes: Uint8Array<ArrayBuffer>, size: number): Words {
  switch (size) {
    case 1:
      return bytes;
    case 2:
      return new Uint16Array(bytes.buffer);
    case 4:
      return new Uint32Array(bytes.buffer);
    default:
      return new BigUint64Array(bytes.buffer);
  }
}

/** Padding stays 0. */
function pick<W extends Words>(words: W, indices: Float64Array, start: number, into: W): void {
  for (let index = 0; index < into.length; index += 1) {
    const element = indices[index]!;
    if (element !== PADDING) {
      into[index] = words[element - start]!;
    }
  }
}
