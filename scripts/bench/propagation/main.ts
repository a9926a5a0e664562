/** The propagation benchmark: from the command line to results. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { messageOf } from '../../../src/core/base/errors';
import { BUILT_IN_MODEL } from '../../../src/core/models/shelf';
import { describeMachine } from './describeMachine';
import { findFfmpeg, type Ffmpeg } from './ffmpeg';
import { keepEmbeddings } from './embeddingStore';
import { decodeFrames } from './frames';
import { say, UsageError, type BenchHost } from './host';
import { loadNodeRuntime, startEngine } from './nodeEngine';
import { helpText, parseOptions, type EngineChoice, type RunOptions } from './options';
import { resultText } from './printResult';
import { reportText } from './report';
import { parseBenchResult, type BenchResult, type EngineResult, type SequenceResult } from './result';
import { runSequence, type PropagatingEngine } from './runSequence';
import { findSequences, type Sequence } from './sequences';
import { summariseEngine } from './summary';
import { Truth } from './truth';

/** Does what the arguments say. Results go to stdout, progress to stderr. Rejects with what went wrong. */
export async function runPropagationBench(args: readonly string[], host: BenchHost): Promise<void> {
  const options = parseOptions(args);
  switch (options.task) {
    case 'help':
      process.stdout.write(helpText);
      return;
    case 'report':
      await host.writeReport(reportText(options.jsonFiles.map(readResult)));
      return;
    case 'run':
      await run(options, host);
  }
}

async function run(options: RunOptions, host: BenchHost): Promise<void> {
  // An ordinary exit, at which decoded frames are removed.
  process.once('SIGINT', () => process.exit(130));
  const sequences = findSequences(options.dataDir, options.sequences);
  const result: BenchResult = {
    formatVersion: 1,
    date: new Date().toISOString().slice(0, 10),
    machine: describeMachine(host.root),
    data: basename(resolve(options.dataDir)),
    every: options.every,
    frameLimit: options.frameLimit,
    threads: options.threads,
    hasKeptEmbeddings: options.embeddingsDir !== null,
    sam: options.sam?.id ?? BUILT_IN_MODEL,
    engines: [],
  };
  const ffmpeg = await findFfmpeg(host.fetchTool);
  const plain = await loadNodeRuntime(host, options.threads);
  const runtime = options.embeddingsDir === null ? plain : keepEmbeddings(plain, options.embeddingsDir);
  for (const choice of options.engines) {
    say(`Engine ${choice.name}`);
    const engine = await startEngine(host, runtime, { ...choice, sam: options.sam });
    const done: EngineResult = await runEngine(choice, engine, sequences, { options, ffmpeg });
    result.engines.push(done);
    process.stdout.write(resultText({ ...result, engines: [done] }));
    writeJson(options.jsonFile, result);
  }
}

async function runEngine(
  { name, engine: engineId }: EngineChoice,
  engine: PropagatingEngine,
  sequences: readonly Sequence[],
  { options, ffmpeg }: { readonly options: RunOptions; readonly ffmpeg: Ffmpeg },
): Promise<EngineResult> {
  const { every, frameLimit, corrections } = options;
  const results: SequenceResult[] = [];
  for (const sequence of sequences) {
    const truth = new Truth(sequence, every);
    const frames = await decodeFrames(ffmpeg, sequence, { every, limit: frameLimit });
    try {
      const job = {
        name: sequence.name,
        engineName: name,
        engineId,
        engine,
        frames,
        truth,
        every,
        corrections,
      };
      results.push(await runSequence(job));
    } finally {
      frames.remove();
    }
  }
  return summariseEngine(name, results);
}

/** After each engine, so that a long run that is broken off leaves what it had. */
function writeJson(file: string | null, result: BenchResult): void {
  if (file !== null) {
    mkdirSync(dirname(resolve(file)), { recursive: true });
    writeFileSync(file, `${JSON.stringify(result)}\n`);
  }
}

function readResult(file: string): BenchResult {
  try {
    return parseBenchResult(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new UsageError(`${file} is not a file that --json wrote: ${messageOf(error)}`);
  }
}
