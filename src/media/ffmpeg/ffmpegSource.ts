/** Frames of a video that only ffmpeg decodes: converted once at opening, then read back one by one. */
import { assert } from '../../core/base/assert';
import type { FootageInfo } from '../../core/video/footageInfo';
import { durationSec, type FrameTable } from '../../core/video/frameTable';
import { conversionFailed, decodeFailed, noVideo, unknownFormat } from '../footageErrors';
import { constantFrameRate } from '../frameRate';
import type { DecodedFrame, FrameSource, OpenContext } from '../frameSource';
import { bitmapFrame } from '../images/bitmapFrame';
import { convertToJpegs, type Conversion } from './ffmpegConversion';
import type { FfmpegLogSummary } from './ffmpegLog';
import { createFrameStore, type FrameStore } from './frameStore';

const ASSUMED_FRAME_RATE = 25;

export class FfmpegSource implements FrameSource {
  readonly info: FootageInfo;
  readonly #store: FrameStore;
  readonly #frameEnds: readonly number[];

  private constructor(info: FootageInfo, store: FrameStore, frameEnds: readonly number[]) {
    this.info = info;
    this.#store = store;
    this.#frameEnds = frameEnds;
  }

  /** `reason`: why the browser's own decoder does not do, a sentence for the notes. */
  static async open(file: File, reason: string, context: OpenContext): Promise<FfmpegSource> {
    const store = await createFrameStore();
    try {
      const conversion = await convertToJpegs(file, store, context);
      const info = describeConversion(file.name, reason, conversion, context);
      return new FfmpegSource(info, store, conversion.frameEnds);
    } catch (error) {
      await store[Symbol.asyncDispose]();
      throw error;
    }
  }

  async getFrame(frameIndex: number): Promise<DecodedFrame> {
    const end = this.#frameEnds[frameIndex];
    assert(end !== undefined, `no frame ${frameIndex} in ${this.info.name}`);
    try {
      const jpeg = this.#store.read(this.#frameEnds[frameIndex - 1] ?? 0, end);
      return bitmapFrame(await createImageBitmap(jpeg));
    } catch (error) {
      throw decodeFailed(this.info.name, frameIndex, error);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#store[Symbol.asyncDispose]();
  }
}

function describeConversion(
  name: string,
  reason: string,
  conversion: Conversion,
  context: OpenContext,
): FootageInfo {
  const { exitCode, log, frameEnds, size } = conversion;
  if (frameEnds.length === 0 || size === null) {
    throw nothingDecoded(name, log);
  }
  const { frameTable, isAssumed } = tableOf(conversion);
  const frameRate = constantFrameRate(frameTable);
  const notes = [`${reason} It was converted with ffmpeg into JPEG pictures of the highest quality.`];
  if (isAssumed) {
    notes.push(`The file gives no usable times: ${ASSUMED_FRAME_RATE} frames per second are assumed.`);
  } else if (frameRate === null) {
    notes.push('The frame rate varies; every frame keeps its own time.');
  }
  if (log.hasFailedDecoding) {
    notes.push('Some of its data are damaged; frames may be missing or show faults.');
  }
  const missing = missingNote(exitCode, log.durationSec, durationSec(frameTable));
  if (missing !== null) {
    notes.push(missing);
  }
  return {
    footageId: context.footageId,
    name,
    kind: 'video',
    decoder: 'ffmpeg',
    width: size.width,
    height: size.height,
    frameTable,
    frameRate,
    frameNames: null,
    codec: log.codec ?? 'unknown',
    notes,
  };
}

/** The sentence about pictures that are missing at the end; null when nothing speaks for that. */
export function missingNote(exitCode: number, claimedSec: number, decodedSec: number): string | null {
  const missingSec = claimedSec - decodedSec;
  if (exitCode !== 0) {
    const rest =
      claimedSec > 0 && missingSec > 0
        ? `the last ${missingSec.toFixed(1)} s of ${claimedSec.toFixed(1)} s are missing`
        : 'whatever the file holds after that is missing';
    return `ffmpeg failed before the end (exit code ${exitCode}): pictures end at ${decodedSec.toFixed(1)} s, and ${rest}.`;
  }
  return missingSec > Math.max(0.5, 0.1 * claimedSec)
    ? `The file says it lasts ${claimedSec.toFixed(1)} s; pictures end ${missingSec.toFixed(1)} s before.`
    : null;
}

function nothingDecoded(name: string, log: FfmpegLogSummary): Error {
  if (log.codec !== null) {
    return conversionFailed(name, log.lastError ?? `its ${log.codec} pictures cannot be decoded`);
  }
  return log.hasAudio ? noVideo(name) : unknownFormat(name, log.lastError);
}

/** Times relative to the first frame; an assumed rate where ffmpeg's times are missing or do not ascend. */
function tableOf({ exitCode, log, frameEnds }: Conversion): { frameTable: FrameTable; isAssumed: boolean } {
  const count = frameEnds.length;
  // Pictures under way when ffmpeg failed have a time and were never written.
  const times = exitCode === 0 ? log.ptsSec : log.ptsSec.slice(0, count);
  const isUsable =
    times.length === count && times.every((time, index) => index === 0 || time > (times[index - 1] ?? NaN));
  const first = times[0] ?? 0;
  const timestampsSec = Float64Array.from({ length: count }, (_, index) =>
    isUsable ? (times[index] ?? 0) - first : index / ASSUMED_FRAME_RATE,
  );
  const gap = (timestampsSec.at(-1) ?? 0) - (timestampsSec.at(-2) ?? 0);
  return {
    frameTable: { timestampsSec, lastDurationSec: gap > 0 ? gap : 1 / ASSUMED_FRAME_RATE },
    isAssumed: !isUsable,
  };
}
