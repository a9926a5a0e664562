/** The command line of the benchmark. */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { propagationEngines, type PropagationEngineId } from '../../../src/core/segment/segmentation';
import {
  BUILT_IN_MODEL,
  models,
  promptingModels,
  videoModels,
  type ModelId,
  type PromptingModelId,
} from '../../../src/core/models/shelf';
import { UsageError } from './host';

/** Engines that need no file. */
const builtInEngines: readonly PropagationEngineId[] = ['memory', 'sam'];

/** A model of the shelf, and its official file. */
export type ShelfWeights<Id extends ModelId = ModelId> = { readonly id: Id; readonly file: string };

/** An engine and what is changed in it: `memory:no-colour`. */
export type EngineChoice = {
  /** As on the command line. */
  readonly name: string;
  readonly engine: PropagationEngineId;
  readonly options: readonly string[];
  /** Of the model that the engine is; null for the others. */
  readonly video: ShelfWeights | null;
};

export type RunOptions = {
  readonly task: 'run';
  readonly dataDir: string;
  readonly engines: readonly EngineChoice[];
  /** The SAM of all engines; the bundled one when null. */
  readonly sam: ShelfWeights<PromptingModelId> | null;
  /** Frames of each sequence at most, after `every`; null for all. */
  readonly frameLimit: number | null;
  /** Take every n-th frame. */
  readonly every: number;
  /** Sequences to take; all when empty. */
  readonly sequences: readonly string[];
  readonly corrections: number;
  readonly threads: number;
  readonly jsonFile: string | null;
  /** Folder that keeps the encoder's answers for later runs; null to run the encoder always. */
  readonly embeddingsDir: string | null;
};

export type BenchOptions =
  RunOptions | { readonly task: 'help' } | { readonly task: 'report'; readonly jsonFiles: readonly string[] };

export const helpText = `Measures how well masks are carried along videos whose true masks are known.

  npm run bench:propagation -- --data DIR [options]
  npm run bench:propagation -- --report FILE [FILE ...]

DIR holds sequences, or is one: SEQ/frames/*.jpg|png or SEQ/clip.mp4, and SEQ/masks/*.png, indexed (index = label) or
0/255; the first mask belongs to the first frame and is given to the engine. Masks may be fewer than frames: they are
matched by name, or by number. Only labels of the first mask count.

  --engine ID        ${propagationEngines.join(', ')}; ID:WORD,WORD changes the engine (${propagationEngines[0]}:no-colour);
                     may be repeated; ${builtInEngines.join(' and ')} when left out
  --weights FILE     official file of the model that an engine is (xmem, edgetam, ...); one for each such engine, in order
  --sam ID           work with this SAM in place of the bundled one: sam-vit-b, sam-vit-l or sam-vit-h
  --sam-weights FILE official file of that SAM
  --frames N         only the first N frames of each sequence
  --every N          only every N-th frame
  --sequence NAME    only this sequence; may be repeated
  --corrections K    simulate a user: K times give the true mask of the frame with the lowest confidence, and propagate
                     again between the frames that are given
  --json FILE        write everything measured
  --threads N        threads of ONNX Runtime; all cores (${availableParallelism()}) when left out
  --embeddings DIR   keep the encoder's answers there and take them from there: fast, but its times mean nothing then
  --report           put the results of earlier runs (their --json files) into docs/benchmarks.md
  --help             this text
`;

/** Parses the arguments after `--`. Throws UsageError. */
export function parseOptions(args: readonly string[]): BenchOptions {
  const { values, positionals } = parsed(args);
  if (values.help) {
    return { task: 'help' };
  }
  if (values.report) {
    if (positionals.length === 0) {
      throw new UsageError('--report needs the --json files of at least one run.');
    }
    return { task: 'report', jsonFiles: positionals };
  }
  if (values.data === undefined || positionals.length > 0) {
    throw new UsageError(
      positionals.length > 0
        ? `What is "${positionals[0]}"? See --help.`
        : '--data DIR is needed; see --help.',
    );
  }
  return {
    task: 'run',
    dataDir: values.data,
    engines: parseEngines(values.engine ?? builtInEngines, values.weights ?? []),
    sam: parseSam(values.sam, values['sam-weights']),
    frameLimit: values.frames === undefined ? null : wholeNumber('--frames', values.frames, 3),
    every: wholeNumber('--every', values.every, 1),
    sequences: values.sequence ?? [],
    corrections: wholeNumber('--corrections', values.corrections, 0),
    threads:
      values.threads === undefined ? availableParallelism() : wholeNumber('--threads', values.threads, 1),
    jsonFile: values.json ?? null,
    embeddingsDir: values.embeddings ?? null,
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        data: { type: 'string' },
        engine: { type: 'string', multiple: true },
        weights: { type: 'string', multiple: true },
        sam: { type: 'string' },
        'sam-weights': { type: 'string' },
        frames: { type: 'string' },
        every: { type: 'string', default: '1' },
        sequence: { type: 'string', multiple: true },
        corrections: { type: 'string', default: '0' },
        threads: { type: 'string' },
        json: { type: 'string' },
        embeddings: { type: 'string' },
        report: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new UsageError(`${(error as Error).message} See --help.`);
  }
}

function parseEngines(names: readonly string[], weights: readonly string[]): EngineChoice[] {
  const left = [...weights];
  const engines = names.map((name): EngineChoice => {
    const choice = parseEngine(name);
    const id = videoModels.find((known) => known === choice.engine);
    if (!id) {
      return { ...choice, video: null };
    }
    const file = left.shift();
    if (file === undefined) {
      throw new UsageError(`--engine ${name} needs --weights FILE, the model's official file.`);
    }
    return { ...choice, video: { id, file } };
  });
  if (left.length > 0) {
    throw new UsageError(`No engine wants the weights ${left.join(', ')}.`);
  }
  return engines;
}

function parseSam(id: string | undefined, file: string | undefined): RunOptions['sam'] {
  if (id === undefined && file === undefined) {
    return null;
  }
  const known = promptingModels.find((model) => model === id && models[model].family === 'sam');
  if (!known || known === BUILT_IN_MODEL || file === undefined) {
    throw new UsageError('--sam is sam-vit-b, sam-vit-l or sam-vit-h, and wants --sam-weights FILE.');
  }
  return { id: known, file };
}

function parseEngine(name: string): Omit<EngineChoice, 'video'> {
  const [id = '', words = ''] = name.split(/:(.*)/s);
  const engine = propagationEngines.find((known) => known === id);
  if (!engine) {
    throw new UsageError(`There is no engine "${id}"; engines: ${propagationEngines.join(', ')}.`);
  }
  return { name, engine, options: words.split(',').filter((word) => word !== '') };
}

function wholeNumber(option: string, text: string, least: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least || text.trim() === '') {
    throw new UsageError(`${option} is a whole number from ${least} up, not "${text}".`);
  }
  return value;
}
