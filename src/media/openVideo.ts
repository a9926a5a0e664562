/** Opens one video file by the first decoder that can: the browser's own, else ffmpeg. */
import { BlobSource, Input, MP4, MPEG_TS, MATROSKA, OGG, QTFF, WEBM, type InputVideoTrack } from 'mediabunny';
import { UserFacingError, isCancelled } from '../core/base/errors';
import { CLAIM_BYTES, claimedSize } from './detect/claimedSize';
import type { ContentKind } from './detect/contentKind';
import { inspectMp4 } from './detect/mp4Boxes';
import { checkPictureSize, fileChanged, isFileGone, noVideo, truncatedFile } from './footageErrors';
import type { FrameSource, OpenContext } from './frameSource';
import { readSlice } from './images/imageEntries';
import { VideoSource } from './video/videoSource';

const FORMATS = [MP4, QTFF, MATROSKA, WEBM, OGG, MPEG_TS];

export async function openVideo(file: File, kind: ContentKind, context: OpenContext): Promise<FrameSource> {
  context.onProgress({ phase: 'Reading the file', fraction: null });
  await (kind === 'mp4' ? refuseTruncatedMp4(file) : refuseShorterThanClaimed(file));
  if (kind === 'mp4' || kind === 'stream') {
    const opened = await openWithBrowser(file, context);
    if (typeof opened !== 'string') {
      return opened;
    }
    return openWithFfmpeg(file, opened, context);
  }
  return openWithFfmpeg(file, 'Browsers do not read this kind of file.', context);
}

/** Loaded only when needed: most footage never touches it. */
async function openWithFfmpeg(file: File, reason: string, context: OpenContext): Promise<FrameSource> {
  const { FfmpegSource } = await import('./ffmpeg/ffmpegSource');
  return FfmpegSource.open(file, reason, context);
}

async function refuseTruncatedMp4(file: File): Promise<void> {
  const state = await inspectMp4(file.size, (offset, length) =>
    readSlice(file, file.name, offset, Math.min(file.size, offset + length)),
  );
  if (state.kind === 'no-index') {
    throw truncatedFile(
      file.name,
      'the index (moov) that players need is missing, so the recording or copy never finished',
    );
  }
  if (state.kind === 'cut') {
    throw truncatedFile(file.name, `its last ${state.missingBytes} bytes are missing`);
  }
}

async function refuseShorterThanClaimed(file: File): Promise<void> {
  const claimedBytes = claimedSize(await readSlice(file, file.name, 0, CLAIM_BYTES));
  if (claimedBytes !== null && claimedBytes > file.size) {
    throw truncatedFile(file.name, `its last ${claimedBytes - file.size} bytes are missing`);
  }
}

/** A source, or the sentence that says why the browser cannot. */
async function openWithBrowser(file: File, context: OpenContext): Promise<FrameSource | string> {
  const input = new Input({ formats: FORMATS, source: new BlobSource(file) });
  try {
    const track = await findTrack(file, input);
    if (typeof track === 'string') {
      input.dispose();
      return track;
    }
    checkPictureSize(file.name, await track.getDisplayWidth(), await track.getDisplayHeight());
    const source = await VideoSource.open(file.name, input, track, context);
    if (source.info.frameTable.timestampsSec.length === 0) {
      throw truncatedFile(file.name, 'its picture track holds no frame');
    }
    return source;
  } catch (error) {
    input.dispose();
    if (isFileGone(error)) {
      throw fileChanged(file.name, error);
    }
    if (isCancelled(error) || (error instanceof UserFacingError && error.code !== 'footage-decode-failed')) {
      throw error;
    }
    return 'The browser cannot decode this video, though it knows its kind.';
  }
}

async function findTrack(file: File, input: Input): Promise<InputVideoTrack | string> {
  if (!(await input.canRead())) {
    return 'Browsers do not read this kind of file.';
  }
  const track = await input.getPrimaryVideoTrack();
  if (track === null) {
    // In a transport stream mediabunny passes over video codecs that it does not know; elsewhere it lists them.
    if ((await input.getFormat()) !== MPEG_TS && (await input.getAudioTracks()).length > 0) {
      throw noVideo(file.name);
    }
    return 'The browser finds no picture track in it.';
  }
  if (!(await track.canDecode())) {
    const codec = (await track.getCodec()) ?? 'kind of';
    return `This browser does not decode its ${codec} video.`;
  }
  return track;
}
