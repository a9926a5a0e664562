/** The files of an exported mask sequence, made one after the other so that memory stays flat. */
import { assert } from '../core/base/assert';
import { cancelledError } from '../core/base/errors';
import type { ExportProgress, NumberedMask, PngSequenceRequest } from '../core/export/maskSequence';
import { composeLabelMap } from '../core/mask/labelMap';
import { davisPalette } from './davisPalette';
import { nothingToExport } from './exportErrors';
import { framesCsv } from './framesCsv';
import { encodeIndexedPng } from './indexedPng';
import { labelsJson } from './labelsJson';
import { maskFileNames, softFolders } from './maskFileNames';
import { encodeSoftPng } from './softPng';

/** `name` may lead through folders, with `/` between them. */
export type ExportedFile = { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> };

export type SequenceSource = {
  /** Masks of one frame, bottom first; asked for once for each frame, in order. */
  readonly getMasks: (frameIndex: number) => Promise<readonly NumberedMask[]>;
  /** Told after a frame's file has been taken. */
  readonly onProgress?: (progress: ExportProgress) => void;
  readonly signal?: AbortSignal;
};

function textFile(name: string, text: string): ExportedFile {
  return { name, bytes: new TextEncoder().encode(text) };
}

function checkRequest({ frames, labels }: PngSequenceRequest): void {
  if (frames.length === 0) {
    throw nothingToExport('the chosen range holds no frames');
  }
  if (!labels.some((label) => label.role === 'object')) {
    throw nothingToExport('no label is an object');
  }
  for (const { number } of labels) {
    assert(
      number === null || (Number.isInteger(number) && number >= 1 && number <= 255),
      `a label number is 1..255, got ${number}`,
    );
  }
}

/**
 * Yields labels.json, frames.csv, then one PNG for each frame, followed by its soft masks if there are any. An abort of `signal` ends it with a `cancelled`
 * UserFacingError before the next file.
 */
export async function* pngSequence(
  request: PngSequenceRequest,
  source: SequenceSource,
): AsyncGenerator<ExportedFile, void, void> {
  checkRequest(request);
  const throwIfCancelled = (): void => {
    if (source.signal?.aborted) {
      throw cancelledError();
    }
  };
  const names = maskFileNames(request.frames.map((frame) => frame.fileName));
  const frames = request.frames.map((frame, index) => ({ ...frame, fileName: names[index] ?? '' }));
  throwIfCancelled();
  yield textFile('labels.json', `${JSON.stringify(labelsJson(request), null, 2)}\n`);
  yield textFile('frames.csv', framesCsv(frames));
  let framesDone = 0;
  for (const { frameIndex, fileName } of frames) {
    throwIfCancelled();
    const masks = await source.getMasks(frameIndex);
    throwIfCancelled();
    const bytes = await encodeIndexedPng(composeLabelMap(request, masks), davisPalette);
    throwIfCancelled();
    yield { name: fileName, bytes };
    for (const { number, folder } of softFolders(request)) {
      const mask = masks.find((candidate) => candidate.number === number);
      const soft = await encodeSoftPng(mask, request);
      throwIfCancelled();
      yield { name: `${folder}/${fileName}`, bytes: soft };
    }
    framesDone += 1;
    source.onProgress?.({ framesDone, frameCount: frames.length });
  }
}
