/** Writes what the benchmark of exports measured as a section of a page; every figure in it comes from the run. */
import { exportFormat, type ExportFormatId } from '../../../src/core/export/exportFormats';
import { QUIET_CORES } from '../otherPrograms';
import { positiveSpreadOf, type Spread } from '../statistics';
import { LABELS } from '../editor/labelledClip';
import { timedFormats } from './appExport';
import type { PlainKind } from './plainEncoders';
import type { ExportBenchResult } from './runExportBench';

/** What the browser would do at least for the same pictures; none for formats that hold no pictures of the footage. */
const plainOf: Partial<Record<ExportFormatId, PlainKind>> = {
  cutout: 'png',
  overlay: 'png',
  frames: 'png',
  yolo: 'jpeg',
  davis: 'jpeg',
  overlayVideo: 'avc',
  alphaVideo: 'vp9',
};

const plainNames: Record<PlainKind, string> = {
  png: 'PNG by canvas',
  jpeg: 'JPEG by canvas',
  avc: 'H.264 by VideoEncoder',
  vp9: 'VP9 by VideoEncoder, no alpha',
};

function range({ median, min, max }: Spread, digits = 1): string {
  return `**${median.toFixed(digits)}** (${min.toFixed(digits)} to ${max.toFixed(digits)})`;
}

function row(result: ExportBenchResult, id: ExportFormatId): string {
  const { repetitions } = result;
  const own = positiveSpreadOf(
    id,
    repetitions.map(({ formats }) => formats[id]!.framesPerSec),
  );
  const size = positiveSpreadOf(
    `size of ${id}`,
    repetitions.map(({ formats }) => formats[id]!.megabytes),
  );
  const kind = plainOf[id];
  const plain = kind
    ? positiveSpreadOf(
        kind,
        repetitions.map((turn) => turn.plain[kind]),
      )
    : null;
  const ratio = kind
    ? positiveSpreadOf(
        `ratio of ${id}`,
        repetitions.map(({ formats, plain: rates }) => formats[id]!.framesPerSec / rates[kind]),
      )
    : null;
  const cells = [
    exportFormat(id).name,
    range(own),
    `${(size.median / result.frames).toFixed(3)}`,
    kind ? plainNames[kind] : '',
    plain ? range(plain) : '',
    ratio ? ratio.median.toFixed(2) : '',
  ];
  return `| ${cells.join(' | ')} |`;
}

/** Means of the first and the last quarter of an export, after its beginning. */
function memoryText({ repetitions, longFrames }: ExportBenchResult): string {
  const turns = repetitions.filter(({ long }) => long.megabytes.length >= 8);
  if (turns.length === 0) {
    return 'Memory was not measured on this system.';
  }
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const quarters = turns.map(({ long: { megabytes } }) => {
    const quarter = Math.floor(megabytes.length / 4);
    return {
      second: mean(megabytes.slice(quarter, 2 * quarter)),
      last: mean(megabytes.slice(-quarter)),
      most: Math.max(...megabytes),
    };
  });
  const spread = (name: string, pick: (of: (typeof quarters)[number]) => number): string =>
    range(positiveSpreadOf(name, quarters.map(pick)), 0);
  const rate = range(
    positiveSpreadOf(
      'long export',
      repetitions.map(({ long }) => long.framesPerSec),
    ),
  );
  return [
    `An export of label maps of ${longFrames.toLocaleString('en-US')} frames ran at ${rate} frames a second. The page and all`,
    `its workers (resident memory of the renderer processes, in MB) took ${spread('second', ({ second }) => second)} in the`,
    `second quarter of it, ${spread('last', ({ last }) => last)} in the last, and at most ${spread('most', ({ most }) => most)}.`,
  ].join('\n');
}

function disturbance({ repetitions }: ExportBenchResult): string {
  const cores = repetitions.flatMap(({ otherCores }) => (otherCores === null ? [] : [otherCores]));
  if (cores.length === 0) {
    return 'Whether other programs ran is not known.';
  }
  const most = Math.max(...cores);
  return most <= QUIET_CORES
    ? `The machine was quiet: other programs kept at most ${most.toFixed(2)} of a core busy.`
    : `**Other programs kept up to ${most.toFixed(2)} cores busy meanwhile**, so all rates are too low and ratios are rough.`;
}

export function exportReport(result: ExportBenchResult): string {
  const { date, machine, frames, repetitions } = result;
  return [
    '## Exports',
    '',
    `Written by \`npm run bench:export\`. Measured on ${date}: ${machine.cores} cores of "${machine.cpuModel}", headless Chromium`,
    `${machine.chromium}, sources at ${machine.commit ?? 'no commit'}. Repetitions: ${repetitions.length}. ${disturbance(result)}`,
    '',
    `The clip is 1920 x 1080, H.264, with ${LABELS} labels on every frame. Each format is exported alone by the dialog into a ZIP,`,
    `${frames} frames of it, from the click to the download: decoding, masks, fingerprints for frames.csv and writing are all in`,
    'it. Beside it the browser encodes pictures of the same clip, decoded before, and does nothing else. Formats with a',
    `folder for each label write ${LABELS} files for a frame.`,
    '',
    '| Format | Frames a second: median (range) | MB a frame | Plain encoder | Its frames a second | Maskflow / plain |',
    '| --- | --- | --- | --- | --- | --- |',
    ...timedFormats.map((id) => row(result, id)),
    '',
    memoryText(result),
  ].join('\n');
}
