/** Films of the masks: over the footage, or the labels cut out of it. */
import { optionValue } from '../../core/export/exportFormats';
import type { ExportPicture } from '../../core/export/maskSequence';
import { labelMapAt, objectsOf, type FormatContext, type VideoTask } from '../exportContext';
import type { ExportedFile } from '../exportedFile';
import { streamPieces } from '../streamPieces';
import { overlayAt } from './overlay';

/** Frames at their own times, counted from the first one exported. */
async function* timed(
  context: FormatContext,
  pictureAt: (frameIndex: number) => Promise<ExportPicture>,
): VideoTask['frames'] & AsyncGenerator {
  const start = context.frames[0]?.timestampSec ?? 0;
  for (const { frameIndex, timestampSec, durationSec } of context.frames) {
    yield { picture: await pictureAt(frameIndex), timestampSec: timestampSec - start, durationSec };
    context.frameDone();
  }
}

async function* videoFile(
  { tools, request }: FormatContext,
  name: string,
  task: Pick<VideoTask, 'container' | 'hasAlpha' | 'frames'>,
): AsyncGenerator<ExportedFile> {
  if (!tools.encodeVideo) {
    throw new Error('videos are written in a browser only');
  }
  const { width, height } = request;
  const { blob, release } = await tools.encodeVideo({ ...task, width, height });
  try {
    yield { name, bytes: streamPieces(blob.stream()) };
  } finally {
    await release();
  }
}

export async function* writeOverlayVideo(context: FormatContext): AsyncGenerator<ExportedFile> {
  const container = optionValue(context.choice, 'container') === 'webm' ? 'webm' : 'mp4';
  const frames = timed(context, (frameIndex) => overlayAt(context, frameIndex));
  yield* videoFile(context, `overlay.${container}`, { container, hasAlpha: false, frames });
}

/** The picture where any label is, transparent elsewhere. */
async function cutOutAt(context: FormatContext, frameIndex: number): Promise<ExportPicture> {
  const map = await labelMapAt(context, frameIndex);
  const { width, height, data } = await context.getPicture(frameIndex);
  const numbers = new Set(objectsOf(context).map(({ number }) => number));
  const cut = new Uint8ClampedArray(data);
  for (let pixel = 0; pixel < map.data.length; pixel += 1) {
    if (!numbers.has(map.data[pixel]!)) {
      cut.fill(0, pixel * 4, pixel * 4 + 4);
    }
  }
  return { width, height, data: cut };
}

export async function* writeAlphaVideo(context: FormatContext): AsyncGenerator<ExportedFile> {
  const frames = timed(context, (frameIndex) => cutOutAt(context, frameIndex));
  yield* videoFile(context, 'cutout.webm', { container: 'webm', hasAlpha: true, frames });
}
