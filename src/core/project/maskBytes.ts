/** One mask as bytes: run lengths, probabilities and where it came from. README.md beside this file has the format. */
import { assert } from '../base/assert';
import type { Box } from '../geometry/box';
import type { Rle } from '../mask/rle';
import { SOFT_SIDE_PX } from '../mask/softMask';
import { cues, maskEdits, type FrameMask } from '../track/maskTrack';
import { ByteReader, ByteWriter } from './byteStream';

/** The first byte of every mask. */
const MASK_FORMAT = 1;

const HAS_BOX = 1;
const HAS_PREDICTED_IOU = 2;
const HAS_CONFIDENCE = 4;
const HAS_CUE = 8;
const HAS_SOFT = 16;
const IS_ACCEPTED = 32;
const HAS_EDIT = 64;

/** Frames larger than this are not opened, either. */
const MAX_PIXELS = 2 ** 32;

type Written =
  'rle' | 'box' | 'areaPx' | 'predictedIou' | 'confidence' | 'cue' | 'soft' | 'isAccepted' | 'edit';

/** Does not compile when a mask gets a part that is not written here. */
const partsNotWritten: Exclude<keyof FrameMask, Written> extends never ? 0 : string = 0;

/** Immutable masks make equal bytes. The order of cues and edits is part of the format: add at the end only. */
export function encodeMask(mask: FrameMask): Uint8Array<ArrayBuffer> {
  const { box, predictedIou, confidence, cue, soft, edit } = mask;
  const flags =
    (box ? HAS_BOX : 0) |
    (predictedIou === null ? 0 : HAS_PREDICTED_IOU) |
    (confidence === undefined ? 0 : HAS_CONFIDENCE) |
    (cue ? HAS_CUE : 0) |
    (soft ? HAS_SOFT : 0) |
    (mask.isAccepted ? IS_ACCEPTED : 0) |
    (edit ? HAS_EDIT : 0);
  const writer = new ByteWriter();
  writer.byte(MASK_FORMAT);
  writer.byte(flags | partsNotWritten);
  putRle(writer, mask.rle);
  writer.unsigned(mask.areaPx);
  box?.forEach((edge) => writer.unsigned(edge));
  if (predictedIou !== null) {
    writer.float64(predictedIou);
  }
  if (confidence !== undefined) {
    writer.float64(confidence);
  }
  if (cue) {
    writer.byte(cues.indexOf(cue));
  }
  if (edit) {
    writer.byte(maskEdits.indexOf(edit));
  }
  if (soft) {
    writer.unsigned(soft.width);
    writer.unsigned(soft.height);
    writer.unsigned(soft.bytes.length);
    writer.raw(soft.bytes);
  }
  return writer.finish();
}

/** Throws an AssertionError when the bytes are not what encodeMask makes. */
export function decodeMask(bytes: Uint8Array): FrameMask {
  const reader = new ByteReader(bytes);
  const format = reader.byte();
  assert(format === MASK_FORMAT, `a mask of an unknown format (${format})`);
  const flags = reader.byte();
  const rle = takeRle(reader);
  const areaPx = reader.unsigned();
  const box: Box | null =
    flags & HAS_BOX ? [reader.unsigned(), reader.unsigned(), reader.unsigned(), reader.unsigned()] : null;
  const predictedIou = flags & HAS_PREDICTED_IOU ? reader.float64() : null;
  const confidence = flags & HAS_CONFIDENCE ? { confidence: reader.float64() } : {};
  const cue = flags & HAS_CUE ? { cue: entryAt(cues, reader.byte()) } : {};
  const edit = flags & HAS_EDIT ? { edit: entryAt(maskEdits, reader.byte()) } : {};
  const soft = flags & HAS_SOFT ? { soft: takeSoft(reader) } : {};
  const isAccepted = flags & IS_ACCEPTED ? { isAccepted: true } : {};
  assert(reader.isAtEnd, 'a mask is followed by bytes that belong to nothing');
  return { rle, box, areaPx, predictedIou, ...confidence, ...cue, ...soft, ...isAccepted, ...edit };
}

function entryAt<T>(list: readonly T[], index: number): T {
  const entry = list[index];
  assert(entry !== undefined, `a mask says something unknown (${index})`);
  return entry;
}

/** From the fourth on, a run is written as its difference to the one two before: neighbouring columns are alike. */
function putRle(writer: ByteWriter, { size, counts }: Rle): void {
  writer.unsigned(size[0]);
  writer.unsigned(size[1]);
  writer.unsigned(counts.length);
  for (let index = 0; index < counts.length; index += 1) {
    if (index < 3) {
      writer.unsigned(counts[index]!);
    } else {
      writer.signed(counts[index]! - counts[index - 2]!);
    }
  }
}

function takeRle(reader: ByteReader): Rle {
  const size = [reader.unsigned(), reader.unsigned()] as const;
  const pixels = size[0] * size[1];
  const length = reader.unsigned();
  assert(pixels < MAX_PIXELS && length <= pixels + 1, 'a mask has more runs than pixels');
  const counts = new Uint32Array(length);
  let sum = 0;
  for (let index = 0; index < length; index += 1) {
    const count = index < 3 ? reader.unsigned() : reader.signed() + counts[index - 2]!;
    assert(count >= 0 && count <= pixels, 'a mask has a run that does not fit');
    counts[index] = count;
    sum += count;
  }
  assert(sum === pixels, 'the runs of a mask do not fill its picture');
  return { size, counts };
}

function takeSoft(reader: ByteReader): NonNullable<FrameMask['soft']> {
  const [width, height] = [reader.unsigned(), reader.unsigned()];
  assert(width <= SOFT_SIDE_PX && height <= SOFT_SIDE_PX, 'a soft mask is larger than any is made');
  return { width, height, bytes: reader.raw(reader.unsigned()) };
}
