/** The files of an export, made frame by frame while they are taken, so that memory stays flat. */
import { assert } from '../core/base/assert';
import { cancelledError } from '../core/base/errors';
import { exportFormat } from '../core/export/exportFormats';
import type { ExportPicture, ExportProgress, ExportRequest, NumberedMask } from '../core/export/maskSequence';
import checker from './check/maskflow_check.py?raw';
import { numberedLabels, type ExportedFrame, type ExportTools, type PlacedFormat } from './exportContext';
import { textFile, type ExportedFile } from './exportedFile';
import { exportJson } from './exportJson';
import { nothingToExport } from './exportErrors';
import { formatWriters, wholeFormats } from './formats/formatWriters';
import { FramePrints } from './framePrints';
import { framesCsv, type CsvFrame } from './framesCsv';
import { labelsJson } from './labelsJson';
import { maskFileNames } from './maskFileNames';
import { RecentFrames } from './recentFrames';
import { sideBySide, type FrameWriter } from './sideBySide';

const MAX_NUMBER = 65535;

export type ExportSource = {
  /** Masks of one frame, bottom first; asked for in the order of frames, at most once for each format. */
  readonly getMasks: (frameIndex: number) => Promise<readonly NumberedMask[]>;
  /** Left out where the footage cannot be read: then fingerprints are left out, too. */
  readonly getPicture?: (frameIndex: number) => Promise<ExportPicture>;
  readonly tools?: ExportTools;
  /** Told after each frame of each format. */
  readonly onProgress?: (progress: ExportProgress) => void;
  readonly signal?: AbortSignal;
};

function checkRequest({ frames, labels }: ExportRequest): void {
  if (frames.length === 0) {
    throw nothingToExport('the chosen range holds no frames');
  }
  if (!labels.some((label) => label.role === 'object')) {
    throw nothingToExport('no label is an object');
  }
  for (const { number } of labels) {
    assert(
      number === null || (Number.isInteger(number) && number >= 1 && number <= MAX_NUMBER),
      `a label number is 1..${MAX_NUMBER}, got ${number}`,
    );
  }
}

/** The chosen formats, each in a folder of its own; without a choice label maps lie beside labels.json. */
export function placedFormats({ formats, softSequences }: ExportRequest): PlacedFormat[] {
  if (formats) {
    return formats.map((choice) => ({ choice, folder: `${exportFormat(choice.id).path}/` }));
  }
  const soft = { choice: { id: 'soft', options: {} }, folder: 'soft/' } as const;
  return [{ choice: { id: 'palette', options: {} }, folder: '' }, ...(softSequences ? [soft] : [])];
}

function exportedFrames({ frames }: ExportRequest): ExportedFrame[] {
  const names = maskFileNames(frames.map(({ fileName }) => fileName));
  return frames.map(({ frameIndex, timestampSec, durationSec }, place) => {
    const next = frames[place + 1]?.timestampSec ?? timestampSec;
    const stem = (names[place] ?? '').replace(/\.png$/, '');
    return { frameIndex, timestampSec, durationSec: durationSec ?? next - timestampSec, stem };
  });
}

/** Where the label maps lie; names alone where there are none. */
function csvFrames(frames: readonly ExportedFrame[], formats: readonly PlacedFormat[]): CsvFrame[] {
  const folder = formats.find(({ choice }) => choice.id === 'palette')?.folder ?? '';
  return frames.map(({ frameIndex, timestampSec, stem }) => ({
    frameIndex,
    timestampSec,
    fileName: `${folder}${stem}.png`,
  }));
}

/** Asks for the masks of each frame once in a row, and starts on its fingerprint beside them. */
function frameReader(source: ExportSource, prints: FramePrints, throwIfCancelled: () => void) {
  const recent = new RecentFrames(source.getMasks);
  return {
    async getMasks(frameIndex: number): Promise<readonly NumberedMask[]> {
      throwIfCancelled();
      if (!recent.has(frameIndex)) {
        await prints.visit(frameIndex);
      }
      const masks = await recent.get(frameIndex);
      throwIfCancelled();
      return masks;
    },
    async getPicture(frameIndex: number): Promise<ExportPicture> {
      throwIfCancelled();
      await prints.visit(frameIndex);
      return await prints.picture(frameIndex);
    },
  };
}

/** Those that write files for each frame go side by side; each of the others makes one file of all frames, after them. */
function* turnsOf(formats: readonly PlacedFormat[]): Generator<readonly PlacedFormat[]> {
  yield formats.filter(({ choice }) => !wholeFormats.has(choice.id));
  for (const format of formats) {
    if (wholeFormats.has(format.choice.id)) {
      yield [format];
    }
  }
}

/**
 * Yields labels.json, export.json, the checker, the files of each format, and frames.csv, which knows by then how the
 * frames look. An abort of `signal` ends it with a `cancelled` UserFacingError before the next file.
 */
export async function* exportFiles(
  request: ExportRequest,
  source: ExportSource,
): AsyncGenerator<ExportedFile, void, void> {
  checkRequest(request);
  const throwIfCancelled = (): void => {
    if (source.signal?.aborted) {
      throw cancelledError();
    }
  };
  const frames = exportedFrames(request);
  const formats = placedFormats(request);
  const prints = new FramePrints(source.getPicture);
  const reader = frameReader(source, prints, throwIfCancelled);
  const frameCount = frames.length * formats.length;
  let framesDone = 0;
  throwIfCancelled();
  yield textFile('labels.json', `${JSON.stringify(labelsJson(request), null, 2)}\n`);
  yield textFile('export.json', `${JSON.stringify(exportJson(request, formats), null, 2)}\n`);
  yield textFile('maskflow_check.py', checker);
  for (const { name, text } of request.texts ?? []) {
    yield textFile(name, text);
  }
  const writerOf = ({ choice, folder }: PlacedFormat): FrameWriter => {
    let ownFramesDone = 0;
    const write = formatWriters[choice.id];
    const files = write({
      ...reader,
      request,
      choice,
      folder,
      frames,
      numbered: numberedLabels(request.labels),
      tools: source.tools ?? {},
      frameDone: () => {
        ownFramesDone += 1;
        framesDone += 1;
        source.onProgress?.({ framesDone, frameCount });
      },
    });
    return { files: files[Symbol.asyncIterator](), framesDone: () => ownFramesDone };
  };
  for (const turn of turnsOf(formats)) {
    for await (const file of sideBySide(turn.map(writerOf))) {
      throwIfCancelled();
      yield file;
    }
  }
  const rows: CsvFrame[] = [];
  for (const frame of csvFrames(frames, formats)) {
    rows.push({ ...frame, print: await prints.of(frame.frameIndex) });
  }
  yield textFile('frames.csv', framesCsv(rows));
}
