/** Writes frames as a film with the browser's own encoders, each at its own time. */
import {
  BufferTarget,
  canEncodeVideo,
  Mp4OutputFormat,
  Output,
  QUALITY_HIGH,
  StreamTarget,
  VideoSample,
  VideoSampleSource,
  WebMOutputFormat,
  type Target,
  type VideoCodec,
} from 'mediabunny';
import { UserFacingError } from '../core/base/errors';
import type { Size } from '../core/geometry/box';
import type { ExportPicture } from '../core/export/maskSequence';
import type { VideoTask } from './exportContext';
import { openTemporaryVideo } from './temporaryVideo';

/** In order of preference: what most players show comes first. VP9 alone keeps alpha in every browser that encodes. */
const codecs: Readonly<Record<'mp4' | 'webm' | 'alpha', readonly VideoCodec[]>> = {
  mp4: ['avc', 'hevc', 'av1'],
  webm: ['vp9', 'av1', 'vp8'],
  alpha: ['vp9', 'vp8'],
};

export type VideoKind = keyof typeof codecs;

export const videoKinds: readonly VideoKind[] = ['mp4', 'webm', 'alpha'];

/** H.264 and its like take even sides only: a row or column is added where one is odd. */
function evenSize({ width, height }: Size): Size {
  return { width: width + (width & 1), height: height + (height & 1) };
}

/** Nothing but the sides, whatever else the caller's object holds: encoders are asked about all they are given. */
function codedSize(kind: VideoKind, { width, height }: Size): Size {
  return kind === 'mp4' ? evenSize({ width, height }) : { width, height };
}

/** What this browser would encode it with; null when it has no encoder for pictures of that size. */
export async function encoderFor(kind: VideoKind, size: Size): Promise<VideoCodec | null> {
  for (const codec of codecs[kind]) {
    if (await canEncodeVideo(codec, { ...codedSize(kind, size), quality: QUALITY_HIGH })) {
      return codec;
    }
  }
  return null;
}

/** The picture with its last column and row repeated where the coded size is larger. */
function padded(picture: ExportPicture, { width, height }: Size): Uint8ClampedArray<ArrayBuffer> {
  if (picture.width === width && picture.height === height) {
    return picture.data;
  }
  const data = new Uint32Array(width * height);
  const from = new Uint32Array(picture.data.buffer, picture.data.byteOffset, picture.data.length / 4);
  for (let y = 0; y < height; y += 1) {
    const row = Math.min(y, picture.height - 1) * picture.width;
    for (let x = 0; x < width; x += 1) {
      data[y * width + x] = from[row + Math.min(x, picture.width - 1)]!;
    }
  }
  return new Uint8ClampedArray(data.buffer);
}

function noEncoder(container: string): UserFacingError {
  return new UserFacingError({
    code: 'export-write-failed',
    what: `This browser has no encoder for ${container} video of this size.`,
    safe: 'Your labels, prompts and masks are untouched.',
    todo: 'Choose the other video format, or export overlay frames as PNG.',
  });
}

/** The finished film. Frames come in order; the encoder holds a few at a time. */
export async function encodeVideo(task: VideoTask): Promise<{ blob: Blob; release: () => Promise<void> }> {
  const kind = task.hasAlpha ? 'alpha' : task.container;
  const size = codedSize(kind, task);
  const codec = await encoderFor(kind, task);
  if (!codec) {
    throw noEncoder(task.container.toUpperCase());
  }
  const file = await openTemporaryVideo();
  const memory = file ? null : new BufferTarget();
  const target: Target = file ? new StreamTarget(file.writable, { chunked: true }) : memory!;
  const format = task.container === 'mp4' ? new Mp4OutputFormat() : new WebMOutputFormat();
  const output = new Output({ format, target });
  const source = new VideoSampleSource({
    codec,
    quality: QUALITY_HIGH,
    alpha: task.hasAlpha ? 'keep' : 'discard',
    latencyMode: 'quality',
  });
  output.addVideoTrack(source);
  try {
    await output.start();
    for await (const { picture, timestampSec, durationSec } of task.frames) {
      using sample = new VideoSample(padded(picture, size), {
        format: 'RGBA',
        codedWidth: size.width,
        codedHeight: size.height,
        timestamp: timestampSec,
        duration: durationSec,
      });
      await source.add(sample);
    }
    await output.finalize();
  } catch (error) {
    await output.cancel().catch(() => undefined);
    await file?.release();
    throw error;
  }
  const type = `video/${task.container}`;
  return file
    ? { blob: await file.finished(), release: file.release }
    : { blob: new Blob([memory!.buffer!], { type }), release: async () => undefined };
}
