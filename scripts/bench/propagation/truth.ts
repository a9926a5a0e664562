/** The true masks of a sequence's frames, read when asked for. */
import { readFileSync } from 'node:fs';
import { objectId, type ObjectId } from '../../../src/core/base/ids';
import { messageOf } from '../../../src/core/base/errors';
import { encodeRle, type Rle } from '../../../src/core/mask/rle';
import { UsageError } from './host';
import { labelsIn, maskOfLabel, readLabelPng, type LabelPicture } from './labelPng';
import type { Sequence } from './sequences';

export type TrueMask = { readonly objectId: ObjectId; readonly rle: Rle };

export class Truth {
  readonly #files: ReadonlyMap<number, string>;
  readonly #labels: readonly number[];
  readonly #size: { readonly width: number; readonly height: number };

  /** Frame indices count every `every`-th frame of the sequence. Throws UsageError without a usable first mask. */
  constructor({ name, masks }: Sequence, every: number) {
    this.#files = new Map(
      [...masks].flatMap(([index, file]) => (index % every === 0 ? [[index / every, file] as const] : [])),
    );
    const first = this.#files.get(0);
    if (first === undefined) {
      throw new UsageError(`${name} has no mask for its first frame.`);
    }
    const picture = read(first);
    this.#size = picture;
    this.#labels = labelsIn(picture);
    if (this.#labels.length === 0) {
      throw new UsageError(`The first mask of ${name} is empty: there is nothing to propagate.`);
    }
  }

  get labels(): readonly number[] {
    return this.#labels;
  }

  get size(): { readonly width: number; readonly height: number } {
    return this.#size;
  }

  has(frameIndex: number): boolean {
    return this.#files.has(frameIndex);
  }

  /** The masks of all labels on a frame, empty ones too; null where no truth is known. */
  masksAt(frameIndex: number): TrueMask[] | null {
    const file = this.#files.get(frameIndex);
    if (file === undefined) {
      return null;
    }
    const picture = read(file);
    if (picture.width !== this.#size.width || picture.height !== this.#size.height) {
      const { width, height } = this.#size;
      throw new UsageError(
        `${file} has ${picture.width} x ${picture.height} pixels, the first mask ${width} x ${height}.`,
      );
    }
    return this.#labels.map((label) => ({
      objectId: objectId(label),
      rle: encodeRle(maskOfLabel(picture, label)),
    }));
  }
}

function read(file: string): LabelPicture {
  try {
    return readLabelPng(readFileSync(file));
  } catch (error) {
    throw new UsageError(`The mask ${file} cannot be read: ${messageOf(error)}.`);
  }
}
