/** Writes what the editor's benchmark measured as a section of a page; every figure in it comes from the run. */
import { QUIET_CORES } from '../otherPrograms';
import { spreadOf, type Spread } from '../statistics';
import { LABELS } from './labelledClip';
import type { HeapBytes } from './memory';
import type { EditorBenchResult, EditorRepetition } from './runEditorBench';

/** A frame of a screen that is refreshed 60 times a second, twice: one to draw in, one to show. */
const STROKE_GOAL_MS = 1000 / 30;

function share(values: readonly number[], of: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(of * sorted.length))]!;
}

function ms(name: string, values: readonly number[]): string {
  const { median, max } = spreadOf(name, values);
  return `**${median.toFixed(1)}** (95 %: ${share(values, 0.95).toFixed(1)}, most: ${max.toFixed(1)})`;
}

function range({ median, min, max }: Spread, digits = 0): string {
  return `**${median.toFixed(digits)}** (${min.toFixed(digits)} to ${max.toFixed(digits)})`;
}

function megabytes(bytes: number): number {
  return bytes / 2 ** 20;
}

function total({ heap, buffers }: HeapBytes): number {
  return megabytes(heap + buffers);
}

type Values = (turn: EditorRepetition) => readonly number[];

function rowsOf({ repetitions, task }: EditorBenchResult): readonly (readonly string[])[] {
  const all = (values: Values): number[] => repetitions.flatMap(values);
  const spread = (name: string, values: Values): Spread => spreadOf(name, all(values));
  return [
    [
      'Pointer move of a stroke to painted, ms',
      ms(
        'stroke',
        all(({ app }) => app.strokeMs),
      ),
      ms(
        'plain stroke',
        all(({ plain }) => plain.strokeMs),
      ),
    ],
    [
      'Pointer-up to the new masks painted, ms',
      ms(
        'commit',
        all(({ app }) => app.commitMs),
      ),
      '',
    ],
    [
      'Pointer-up of an edit to saved on disk, ms',
      ms(
        'save',
        all(({ app }) => app.saveMs),
      ),
      '',
    ],
    [
      'Playhead dragged over new frames: pictures a second',
      range(
        spread('scrub', ({ app }) => [app.scrubFirst.framesPerSec]),
        1,
      ),
      range(
        spread('plain scrub', ({ plain }) => [plain.framesPerSec]),
        1,
      ),
      range(
        spread('decoding scrub', ({ decoding }) => [decoding.framesPerSec]),
        1,
      ),
    ],
    [
      'The same frames again: pictures a second',
      range(
        spread('scrub again', ({ app }) => [app.scrubAgain.framesPerSec]),
        1,
      ),
      range(
        spread('plain scrub', ({ plain }) => [plain.framesPerSec]),
        1,
      ),
    ],
    [
      'Pointer moves a second meanwhile',
      range(
        spread('moves', ({ app }) => [app.scrubFirst.movesPerSec, app.scrubAgain.movesPerSec]),
        1,
      ),
      '',
    ],
    [
      "Page's own thread busy for each of these moves, ms",
      range(
        spread('busy', ({ app }) => [app.scrubFirst.busyMsPerMove, app.scrubAgain.busyMsPerMove]),
        1,
      ),
      range(
        spread('plain busy', ({ plain }) => [plain.busyMsPerMove]),
        1,
      ),
      range(
        spread('decoding busy', ({ decoding }) => [decoding.busyMsPerMove]),
        1,
      ),
    ],
    [
      'Memory held by the page, MB',
      range(
        spread('memory', ({ app }) => [total(app.before)]),
        1,
      ),
      range(
        spread('plain memory', ({ plain }) => [total(plain.before)]),
        1,
      ),
    ],
    [
      `The same after ${task.edits} more edits, MB`,
      range(
        spread('memory after', ({ app }) => [total(app.after)]),
        1,
      ),
      range(
        spread('plain memory after', ({ plain }) => [total(plain.after)]),
        1,
      ),
    ],
  ];
}

function quietText(repetitions: readonly EditorRepetition[]): string {
  const cores = repetitions.map(({ otherCores }) => otherCores);
  if (cores.includes(null)) {
    return 'Whether other programs were busy meanwhile cannot be known on this system.';
  }
  const most = Math.max(...cores.map(Number));
  const amount = `other programs kept at most ${most.toFixed(2)} of a core busy in the mean of a repetition`;
  return most <= QUIET_CORES
    ? `The machine was quiet: ${amount}.`
    : `**The machine was not quiet**, so times are too long and rates too low: ${amount}.`;
}

/** Markdown without the markers of the section. */
export function editorReport(result: EditorBenchResult): string {
  const { machine, repetitions, frames, task, date } = result;
  const strokes = repetitions.flatMap(({ app }) => app.strokeMs);
  const { framesPerPx } = repetitions[0]!.app.scrubFirst;
  const within = strokes.filter((value) => value <= STROKE_GOAL_MS).length;
  const heads = ['What', 'Maskflow', 'Plain canvas', 'Canvas that decodes'];
  const rows = rowsOf(result).map((cells) => heads.map((_, column) => cells[column] ?? ''));
  const table = [heads, heads.map(() => '---'), ...rows];
  return `## Editor

Written by \`npm run bench:editor\`; do not edit between the markers.

Measured on ${date}: ${machine.cores} cores of "${machine.cpuModel}", ${machine.memoryGb} GB of memory,
${machine.system}, headless Chromium ${machine.chromium}, Node ${machine.node}, sources at ${machine.commit ?? 'no commit'}.
Repetitions: ${repetitions.length}. ${quietText(repetitions)}

A clip of 1920 x 1080, ${frames} frames, ${LABELS} labels with a mask on every frame; app and baseline are driven by the same
real pointer events in the same browser. The baseline is a page with one canvas of 1920 x 1080: strokes by the canvas's
own lines, and \`drawImage\` of pictures that lie ready in memory, decoded. It has no masks, no undo and saves nothing.
The canvas that decodes is a page that fetches the frames of the clip from the same decoder as the app, whole, and paints
them on such a canvas, without masks and without an app around it: its figures are what decoding and putting pictures
of 1080p on the screen cost here, whoever does it.

${table.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}

- Strokes: ${task.strokes} across the picture in each repetition; ${within} of ${strokes.length} moves were painted within
  ${STROKE_GOAL_MS.toFixed(0)} ms, which is two refreshes of a screen at 60 Hz. "Painted" counts until the browser has painted
  the frame. The canvas of the app shows erasing and painting pixel by pixel as they will be in the masks.
- Pointer-up: deciding which masks change, their run lengths, the step of undo, and drawing the masks with outlines.
- Saved: autosave waits 300 ms for further changes; that wait is part of the time.
- Playhead: ${(task.scrubMs / 1000).toFixed(0)} seconds of even dragging. Frames met first are decoded one by one; app and baseline can show at
  most one picture for each pointer move. A pixel of the timeline stands for ${framesPerPx.toFixed(1)} frames, all of which have to be
  decoded on the way. While frames go by, the app fetches and draws them with as many pixels as are seen; the whole picture
  with whole masks follows where the pointer rests. Each picture is the one of the frame it is shown for, with its masks.
- Memory: objects and array buffers that the page's own thread holds after garbage collection, with all masks of the
  clip and the last 200 steps of undo. Workers, decoded pictures and canvases are not in it.`;
}
