/** The results of several runs as a section of a page; every figure in it comes from the runs. */
import { BAD_IOU, DOUBTED, GOOD_IOU, TRUSTED } from '../../../src/core/metrics/calibration';
import { BUILT_IN_MODEL } from '../../../src/core/models/shelf';
import { figure, percent } from './printResult';
import type { BenchResult, EngineResult } from './result';

/** One engine on one data folder. */
type Entry = { readonly run: BenchResult; readonly engine: EngineResult };

/** Markdown. Where runs have the same data, frames, engine and SAM, the later one counts. */
export function reportText(runs: readonly BenchResult[]): string {
  const entries = latestEntries(runs);
  return `## Propagation

Written by \`npm run bench:propagation -- --report\`; do not edit between the markers. \`ID:WORD\` is engine ID without a
part of it, \`--sam MODEL\` one that works with that SAM in place of MobileSAM.

${machineText(entries)}

J is the region similarity and F the contour accuracy of DAVIS; the first frame's true masks are given, first and last
frame are left out, means are over labels and then over sequences. Decay is J&F of the first quarter of a sequence less
that of the last. A correction gives the true masks of the frame with the lowest confidence and propagates between its
neighbours again; the given frame then counts as 1.

${scoreTable(entries)}

### Cost

Milliseconds for each frame, native ONNX Runtime, in the mean of the first pass.

${costTable(entries)}

### J&F by sequence

${groupsOf(entries).map(sequenceTable).join('\n\n')}

### Confidence

Mean IoU of the masks in each bin of confidence (number of masks), the share of doubted masks (confidence under
${DOUBTED}) that are bad (IoU under ${BAD_IOU}), the share of trusted ones (from ${TRUSTED}) that are good (IoU from ${GOOD_IOU}), and the rank
correlation of confidence with IoU, in the mean of the sequences. SAM propagation has no confidence of its own: for it,
SAM's predicted IoU is taken.

${confidenceTable(entries)}
`;
}

function latestEntries(runs: readonly BenchResult[]): Entry[] {
  const found = new Map<string, Entry>();
  for (const run of runs) {
    for (const engine of run.engines) {
      found.set(JSON.stringify([dataName(run), engineName({ run, engine })]), { run, engine });
    }
  }
  return groupsOf([...found.values()]).flat();
}

/** By data, in order of appearance. */
function groupsOf(entries: readonly Entry[]): Entry[][] {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) {
    const name = dataName(entry.run);
    groups.set(name, [...(groups.get(name) ?? []), entry]);
  }
  return [...groups.values()];
}

function dataName({ data, every, frameLimit }: BenchResult): string {
  const parts = [
    data,
    ...(every > 1 ? [`every ${every}th frame`] : []),
    ...(frameLimit === null ? [] : [`first ${frameLimit}`]),
  ];
  return parts.join(', ');
}

/** As on the command line, with the SAM that it worked with where that was not the bundled one. */
function engineName({ run: { sam = BUILT_IN_MODEL }, engine: { engine } }: Entry): string {
  return sam === BUILT_IN_MODEL ? engine : `${engine} --sam ${sam}`;
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

function code(text: string): string {
  return `\`${text}\``;
}

function scoreTable(entries: readonly Entry[]): string {
  const rows = entries.map((entry) => {
    const { run, engine } = entry;
    const [first, ...corrected] = engine.steps;
    const { j = null, f = null, jAndF = null, decay = null } = first?.scores ?? {};
    return [
      dataName(run),
      code(engineName(entry)),
      ...[j, f, jAndF, decay].map(figure),
      corrected.map(({ scores }) => figure(scores.jAndF)).join(', '),
    ];
  });
  return table(['Data', 'Engine', 'J', 'F', 'J&F', 'Decay', 'J&F after 1, 2, ... corrections'], rows);
}

function costTable(entries: readonly Entry[]): string {
  const rows = entries.map((entry) => {
    const { run, engine } = entry;
    const { encodeMs, decodeMs, restMs, peakMemoryMb } = engine.cost;
    return [
      dataName(run),
      code(engineName(entry)),
      String(engine.sequences.reduce((sum, { frameCount }) => sum + frameCount, 0)),
      run.hasKeptEmbeddings ? 'not measured' : encodeMs.toFixed(0),
      ...[decodeMs, restMs, peakMemoryMb].map((value) => value.toFixed(0)),
    ];
  });
  return table(['Data', 'Engine', 'Frames', 'Encode', 'Decode', 'Rest', 'Peak memory, MB'], rows);
}

function sequenceTable(group: readonly Entry[]): string {
  const names = [
    ...new Set(group.flatMap(({ engine }) => engine.sequences.map((sequence) => sequence.name))),
  ];
  const rows = names.map((name) => [
    name,
    ...group.map(({ engine }) => {
      const sequence = engine.sequences.find((each) => each.name === name);
      return figure(sequence?.steps[0]?.scores.jAndF ?? null);
    }),
  ]);
  return table([dataName(group[0]!.run), ...group.map((entry) => code(engineName(entry)))], rows);
}

function confidenceTable(entries: readonly Entry[]): string {
  const bins = entries[0]?.engine.confidence.bins ?? [];
  const rows = entries.map((entry) => {
    const { confidence } = entry.engine;
    return [
      dataName(entry.run),
      code(engineName(entry)),
      ...confidence.bins.map(({ meanIou, count }) =>
        count === 0 ? '-' : `${meanIou?.toFixed(2) ?? '-'} (${count})`,
      ),
      percent(confidence.doubtedBad),
      percent(confidence.trustedGood),
      confidence.rankCorrelation?.toFixed(2) ?? '-',
    ];
  });
  const ranges = bins.map(({ from, to }) => `${from.toFixed(1)} to ${to.toFixed(1)}`);
  return table(['Data', 'Engine', ...ranges, 'Doubted: bad', 'Trusted: good', 'Rank correlation'], rows);
}

function machineText(entries: readonly Entry[]): string {
  const lines = entries.map(({ run: { date, machine, threads } }) => {
    const sources = machine.commit ? `, sources at ${machine.commit}` : '';
    return `Measured on ${date}: ${machine.cores} cores of "${machine.cpuModel}", ${machine.memoryGb} GB of memory, ${machine.system}, onnxruntime-node ${machine.onnxruntimeNode} with ${threads} threads, Node ${machine.node}${sources}.`;
  });
  return [...new Set(lines)].join('\n\n');
}
