/** Converts any video that ffmpeg reads into one JPEG per frame, with memory flat whatever the length. */
import coreUrl from '@ffmpeg/core?url';
import wasmUrl from '@ffmpeg/core/wasm?url';
import { FFFSType, FFmpeg } from '@ffmpeg/ffmpeg';
import { cancelledError } from '../../core/base/errors';
import { checkPictureSize, conversionFailed, fileChanged, isFileGone } from '../footageErrors';
import type { OpenContext } from '../frameSource';
import { readImageHeader } from '../images/imageHeader';
// The query makes it a URL; the linter sees only the module behind it.
// oxlint-disable-next-line import/default
import sinkWorkerUrl from './ffmpegSinkWorker?worker&url';
import { emptyLogSummary, readLogLine, type FfmpegLogSummary } from './ffmpegLog';
import { sinkPiece } from './frameSinkEvent';
import type { FrameStore } from './frameStore';
import { JpegSplitter } from './jpegSplitter';

export type Conversion = {
  /** What ffmpeg ended with: 0 when it came to the end of the footage. */
  readonly exitCode: number;
  readonly log: FfmpegLogSummary;
  /** Where each picture ends in the store; it starts where the one before ends. */
  readonly frameEnds: readonly number[];
  /** Display pixels: ffmpeg has turned the pictures upright and made their pixels square. Null without a picture. */
  readonly size: { readonly width: number; readonly height: number } | null;
};

const INPUT_FOLDER = '/in';
const INPUT_NAME = 'footage';
const PROGRESS_EVERY = 10;

/**
 * `passthrough` keeps every frame and its own time. JPEG means BT.601 at full range, so the matrix is named. Quality 2
 * is the best that mjpeg offers. Its default, Huffman tables made for each picture, writes past its memory in this
 * build of the core from about 1080p on, and then fails or hangs.
 */
const CONVERSION_ARGS = [
  ['-hide_banner', '-nostats', '-i', `${INPUT_FOLDER}/${INPUT_NAME}`, '-map', '0:v:0'],
  ['-vf', 'scale=trunc(iw*sar+0.5):ih:out_color_matrix=bt601:out_range=pc,setsar=1,showinfo=checksum=0'],
  ['-fps_mode', 'passthrough', '-f', 'image2pipe', '-pix_fmt', 'yuvj420p'],
  ['-c:v', 'mjpeg', '-q:v', '2', '-huffman', 'default'],
  ['/framesink'],
].flat();

/** Runs to the end or rejects; `signal` ends it at once. The store is filled, not owned. */
export async function convertToJpegs(
  file: File,
  store: FrameStore,
  context: Pick<OpenContext, 'signal' | 'onProgress'>,
): Promise<Conversion> {
  const ffmpeg = new FFmpeg();
  const run = new ConversionRun(file.name, store, context, () => ffmpeg.terminate());
  const stop = (): void => ffmpeg.terminate();
  context.signal.addEventListener('abort', stop, { once: true });
  try {
    await loadCore(ffmpeg, context);
    await ffmpeg.createDir(INPUT_FOLDER);
    // WORKERFS reads the file where it lies; copying it into the core's memory would end at 2 GiB.
    await ffmpeg.mount(FFFSType.WORKERFS, { blobs: [{ name: INPUT_NAME, data: file }] }, INPUT_FOLDER);
    ffmpeg.on('log', (event) => run.receive(event));
    const exitCode = await ffmpeg.exec(CONVERSION_ARGS);
    return run.finish(exitCode);
  } catch (error) {
    throw context.signal.aborted ? cancelledError() : (run.failure ?? describeFailure(file.name, error));
  } finally {
    context.signal.removeEventListener('abort', stop);
    ffmpeg.terminate();
  }
}

async function loadCore(ffmpeg: FFmpeg, context: Pick<OpenContext, 'signal' | 'onProgress'>): Promise<void> {
  if (context.signal.aborted) {
    throw cancelledError();
  }
  context.onProgress({ phase: 'Loading ffmpeg', fraction: null });
  await ffmpeg.load({
    classWorkerURL: absoluteUrl(sinkWorkerUrl),
    coreURL: absoluteUrl(coreUrl),
    wasmURL: absoluteUrl(wasmUrl),
  });
}

function absoluteUrl(url: string): string {
  return new URL(url, self.location.href).href;
}

function describeFailure(name: string, error: unknown): unknown {
  if (isFileGone(error)) {
    return fileChanged(name, error);
  }
  return typeof error === 'string' || error instanceof Error
    ? conversionFailed(name, error instanceof Error ? error.message : error, error)
    : error;
}

/** Collects what one run of ffmpeg says and writes. */
class ConversionRun {
  readonly #name: string;
  readonly #store: FrameStore;
  readonly #context: Pick<OpenContext, 'onProgress'>;
  readonly #terminate: () => void;
  readonly #splitter = new JpegSplitter();
  readonly #log = emptyLogSummary();
  readonly #frameEnds: number[] = [];
  #size: Conversion['size'] = null;
  failure: unknown = null;

  constructor(
    name: string,
    store: FrameStore,
    context: Pick<OpenContext, 'onProgress'>,
    terminate: () => void,
  ) {
    this.#name = name;
    this.#store = store;
    this.#context = context;
    this.#terminate = terminate;
  }

  receive(event: { type: string; message: string }): void {
    if (this.failure !== null) {
      return;
    }
    try {
      const piece = sinkPiece(event);
      if (piece) {
        this.#receivePiece(piece);
      } else {
        readLogLine(this.#log, event.message);
      }
    } catch (error) {
      this.failure = isQuotaError(error)
        ? conversionFailed(this.#name, 'there is not enough disk space for its frames', error)
        : error;
      this.#terminate();
    }
  }

  finish(exitCode: number): Conversion {
    if (this.failure !== null) {
      throw this.failure;
    }
    return { exitCode, log: this.#log, frameEnds: this.#frameEnds, size: this.#size };
  }

  #receivePiece(piece: Uint8Array<ArrayBuffer>): void {
    this.#checkFirstPiece(piece);
    this.#store.append(piece);
    for (const end of this.#splitter.push(piece)) {
      this.#frameEnds.push(end);
      if (this.#frameEnds.length % PROGRESS_EVERY === 1) {
        this.#reportProgress();
      }
    }
  }

  /** The size stands at the head of the first picture, before hours could be spent on one too large. */
  #checkFirstPiece(piece: Uint8Array): void {
    const header = this.#size === null ? readImageHeader(piece) : null;
    if (header !== null && typeof header === 'object') {
      this.#size = { width: header.width, height: header.height };
      checkPictureSize(this.#name, header.width, header.height);
    }
  }

  #reportProgress(): void {
    const { ptsSec, durationSec } = this.#log;
    const doneSec = (ptsSec.at(-1) ?? 0) - (ptsSec[0] ?? 0);
    const fraction = durationSec > 0 && Number.isFinite(doneSec) ? Math.min(1, doneSec / durationSec) : null;
    this.#context.onProgress({
      phase: `Converting with ffmpeg (${this.#frameEnds.length} frames)`,
      fraction,
    });
  }
}

function isQuotaError(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'QuotaExceededError';
}
