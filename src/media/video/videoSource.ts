/** Frames of a video that mediabunny demuxes and WebCodecs decodes. */
import {
  EncodedPacketSink,
  VideoSampleSink,
  type Input,
  type InputVideoTrack,
  type VideoSample,
} from 'mediabunny';
import { assert } from '../../core/base/assert';
import { cancelledError, isCancelled } from '../../core/base/errors';
import type { FootageInfo } from '../../core/video/footageInfo';
import { decodeFailed, fileChanged, isFileGone } from '../footageErrors';
import { constantFrameRate } from '../frameRate';
import type { DecodedFrame, FrameReader, FrameSource, OpenContext } from '../frameSource';
import { SerialQueue } from '../serialQueue';
import {
  buildPacketTable,
  hasKeyFrameBetween,
  keyFrameAfter,
  type PacketTable,
  type PacketTime,
} from './packetTable';
import { PictureReducer } from './pictureReducer';

/** Running the decoder on over this many frames costs less than starting it anew at a key frame. */
const SHORT_SKIP = 8;
/** Containers keep times in ticks as coarse as this; a sample nearer than half of it is the frame asked for. */
const TIME_TOLERANCE_SEC = 0.0005;
const PROGRESS_EVERY = 500;
/** A decoder that makes thumbnails holds pictures decoded ahead; it is closed when nobody has asked this long. */
const THUMBNAIL_REST_MS = 2000;

type Cursor = { readonly samples: AsyncGenerator<VideoSample, void, unknown>; nextIndex: number };

export class VideoSource implements FrameSource {
  readonly info: FootageInfo;
  readonly #input: Input;
  readonly #sink: VideoSampleSink;
  readonly #table: PacketTable;
  readonly #queue = new SerialQueue();
  /** Apart from the others, so that whoever needs a frame now never waits for one of these. */
  readonly #thumbnailQueue = new SerialQueue();
  readonly #reducer = new PictureReducer();
  #thumbnailRest: ReturnType<typeof setTimeout> | undefined;
  /** One for each reader: two that share a decoder would send it back to a key frame in turns. */
  readonly #cursors = new Map<FrameReader, Cursor>();

  private constructor(info: FootageInfo, input: Input, sink: VideoSampleSink, table: PacketTable) {
    this.info = info;
    this.#input = input;
    this.#sink = sink;
    this.#table = table;
  }

  /**
   * Reads the packet times, not the pictures, so that the length of a clip hardly matters; then decodes the first
   * frame to prove that the browser can. The source owns `input` once this resolves.
   */
  static async open(
    name: string,
    input: Input,
    track: InputVideoTrack,
    context: OpenContext,
  ): Promise<VideoSource> {
    const table = buildPacketTable(await readPacketTimes(track, context));
    const info = await describeTrack(name, track, table, context);
    const source = new VideoSource(info, input, new VideoSampleSink(track), table);
    if (table.originSec.length > 0) {
      (await source.getFrame(0, 'screen'))[Symbol.dispose]();
    }
    return source;
  }

  getFrame(frameIndex: number, reader: FrameReader, signal?: AbortSignal): Promise<DecodedFrame> {
    return reader === 'thumbnails'
      ? this.#thumbnailQueue.run(() => this.#getThumbnail(frameIndex, signal))
      : this.#queue.run(() => this.#getFrame(frameIndex, reader));
  }

  cheapestFrame(fromFrame: number, toFrame: number): number {
    const keyFrame = keyFrameAfter(this.#table.keyFrames, fromFrame - 1);
    return keyFrame !== null && keyFrame <= toFrame ? keyFrame : fromFrame;
  }

  /** Gives up at once when `signal` aborts, whatever the decoder is doing. */
  async #getThumbnail(frameIndex: number, signal?: AbortSignal): Promise<DecodedFrame> {
    clearTimeout(this.#thumbnailRest);
    const dropped = (): void => void this.#dropCursor('thumbnails');
    signal?.addEventListener('abort', dropped, { once: true });
    try {
      if (signal?.aborted) {
        throw cancelledError();
      }
      return await this.#getFrame(frameIndex, 'thumbnails', signal);
    } finally {
      signal?.removeEventListener('abort', dropped);
      clearTimeout(this.#thumbnailRest);
      this.#thumbnailRest = setTimeout(
        () => void this.#thumbnailQueue.run(() => this.#dropCursor('thumbnails')),
        THUMBNAIL_REST_MS,
      );
    }
  }

  async #getFrame(frameIndex: number, reader: FrameReader, signal?: AbortSignal): Promise<DecodedFrame> {
    const timestampSec = this.#table.originSec[frameIndex];
    assert(timestampSec !== undefined, `no frame ${frameIndex} in ${this.info.name}`);
    try {
      return drawable(await this.#decodeTwice(reader, frameIndex, timestampSec, signal), this.#reducer);
    } catch (error) {
      if (isCancelled(error)) {
        throw error;
      }
      throw isFileGone(error)
        ? fileChanged(this.info.name, error)
        : decodeFailed(this.info.name, frameIndex, error);
    }
  }

  /** Browsers take the decoder away from a page that has been idle, so a failed one is replaced once. */
  async #decodeTwice(
    reader: FrameReader,
    frameIndex: number,
    timestampSec: number,
    signal?: AbortSignal,
  ): Promise<VideoSample> {
    try {
      return await this.#decode(reader, frameIndex, timestampSec, signal);
    } catch (error) {
      await this.#dropCursor(reader);
      if (isFileGone(error) || isCancelled(error)) {
        throw error;
      }
    }
    try {
      return await this.#decode(reader, frameIndex, timestampSec, signal);
    } catch (error) {
      await this.#dropCursor(reader);
      throw error;
    }
  }

  async #decode(
    reader: FrameReader,
    frameIndex: number,
    timestampSec: number,
    signal?: AbortSignal,
  ): Promise<VideoSample> {
    const next = await this.#advanceTo(reader, frameIndex);
    if (!next && signal?.aborted) {
      throw cancelledError();
    }
    const sample = next ?? (await this.#restartAt(reader, frameIndex, timestampSec));
    if (sample && Math.abs(sample.timestamp - timestampSec) <= TIME_TOLERANCE_SEC) {
      return sample;
    }
    if (signal?.aborted) {
      sample?.close();
      throw cancelledError();
    }
    // The run skipped or renamed a frame (a leading B-frame at its start, or one the decoder dropped): ask for it alone.
    sample?.close();
    await this.#dropCursor(reader);
    const single = await this.#sink.getSample(timestampSec);
    if (!single || Math.abs(single.timestamp - timestampSec) > TIME_TOLERANCE_SEC) {
      single?.close();
      throw new Error(`the decoder gave no picture for ${timestampSec} s`);
    }
    return single;
  }

  /** Runs the open decoder on to the frame when that is cheaper than a restart; null when it is not. */
  async #advanceTo(reader: FrameReader, frameIndex: number): Promise<VideoSample | null> {
    const cursor = this.#cursors.get(reader);
    const skipped = cursor ? frameIndex - cursor.nextIndex : -1;
    if (!cursor || skipped < 0) {
      return null;
    }
    if (skipped > SHORT_SKIP && hasKeyFrameBetween(this.#table.keyFrames, cursor.nextIndex, frameIndex)) {
      return null;
    }
    for (; cursor.nextIndex < frameIndex; cursor.nextIndex += 1) {
      const step = await cursor.samples.next();
      if (step.done) {
        return null;
      }
      step.value.close();
    }
    return this.#takeNext(cursor);
  }

  async #restartAt(
    reader: FrameReader,
    frameIndex: number,
    timestampSec: number,
  ): Promise<VideoSample | null> {
    await this.#dropCursor(reader);
    const cursor = { samples: this.#sink.samples(timestampSec), nextIndex: frameIndex };
    this.#cursors.set(reader, cursor);
    return this.#takeNext(cursor);
  }

  async #takeNext(cursor: Cursor): Promise<VideoSample | null> {
    const step = await cursor.samples.next();
    cursor.nextIndex += 1;
    return step.done ? null : step.value;
  }

  async #dropCursor(reader: FrameReader): Promise<void> {
    const cursor = this.#cursors.get(reader);
    this.#cursors.delete(reader);
    await cursor?.samples.return();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearTimeout(this.#thumbnailRest);
    const drop = async (): Promise<void> => {
      for (const reader of this.#cursors.keys()) {
        await this.#dropCursor(reader);
      }
    };
    // A thumbnail under way is not waited for.
    await this.#dropCursor('thumbnails');
    await this.#queue.run(drop);
    await this.#thumbnailQueue.run(drop);
    clearTimeout(this.#thumbnailRest);
    this.#input.dispose();
  }
}

/** mediabunny's draw applies rotation, flip and pixel aspect in every browser. */
function drawable(sample: VideoSample, reducer: PictureReducer): DecodedFrame {
  return {
    draw: (context, width, height) => sample.draw(context, 0, 0, width, height),
    reduced: (size) => reducer.reduce(sample, size),
    [Symbol.dispose]: () => sample.close(),
  };
}

async function readPacketTimes(track: InputVideoTrack, context: OpenContext): Promise<PacketTime[]> {
  const times: PacketTime[] = [];
  const packets = new EncodedPacketSink(track).packets(undefined, undefined, { metadataOnly: true });
  for await (const { timestamp, duration, type } of packets) {
    times.push({ timestamp, duration, isKeyFrame: type === 'key' });
    if (times.length % PROGRESS_EVERY === 0) {
      context.onProgress({ phase: `Reading frame times (${times.length})`, fraction: null });
      if (context.signal.aborted) {
        throw cancelledError();
      }
    }
  }
  return times;
}

async function describeTrack(
  name: string,
  track: InputVideoTrack,
  table: PacketTable,
  context: OpenContext,
): Promise<FootageInfo> {
  const frameRate = constantFrameRate(table.frameTable);
  const notes: string[] = [];
  if (table.hiddenCount > 0) {
    notes.push(`${table.hiddenCount} frames that the file's edit list hides are left out, as players do.`);
  }
  if (frameRate === null && table.originSec.length > 1) {
    notes.push('The frame rate varies; every frame keeps its own time.');
  }
  if ((await track.getRotation()) !== 0) {
    notes.push(`The video is stored turned; it is shown upright.`);
  }
  return {
    footageId: context.footageId,
    name,
    kind: 'video',
    decoder: 'webcodecs',
    width: await track.getDisplayWidth(),
    height: await track.getDisplayHeight(),
    frameTable: table.frameTable,
    frameRate,
    frameNames: null,
    codec: (await track.getCodecParameterString()) ?? (await track.getCodec()) ?? 'unknown',
    notes,
  };
}
