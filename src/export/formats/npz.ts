/** All label maps as one NumPy array, with what its frames and numbers are. */
import { littleEndian, npyFloat64, npyHeader, npyInt64, npyStrings } from '../../core/export/npyHeader';
import { deflatedZip } from '../deflatedZip';
import { isWide, labelMapAt, type FormatContext } from '../exportContext';
import type { ExportedFile } from '../exportedFile';

async function* maskPieces(context: FormatContext): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const { width, height } = context.request;
  yield npyHeader(isWide(context) ? '<u2' : '|u1', [context.frames.length, height, width]);
  for (const { frameIndex } of context.frames) {
    const { data } = await labelMapAt(context, frameIndex);
    yield data instanceof Uint16Array ? littleEndian(data) : data;
    context.frameDone();
  }
}

/** `masks` [frames, height, width], `frames`, `timestamps` in seconds, `label_numbers` and `label_names`. */
export async function* writeNpz(context: FormatContext): AsyncGenerator<ExportedFile> {
  const { frames, numbered } = context;
  const bytes = deflatedZip([
    { name: 'frames.npy', pieces: [npyInt64(frames.map(({ frameIndex }) => frameIndex))] },
    { name: 'timestamps.npy', pieces: [npyFloat64(frames.map(({ timestampSec }) => timestampSec))] },
    { name: 'label_numbers.npy', pieces: [npyInt64(numbered.map(({ number }) => number))] },
    { name: 'label_names.npy', pieces: [npyStrings(numbered.map(({ name }) => name))] },
    { name: 'masks.npy', pieces: maskPieces(context) },
  ]);
  yield { name: 'masks.npz', bytes };
}
