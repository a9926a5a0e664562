// `npm run bench:models`: our graphs of MobileSAM beside the bundled ones, in one run, on the WASM build of
// onnxruntime-web under Node, and writes its section of docs/benchmarks.md. `-- --dry` writes nothing.
import { parseArgs } from 'node:util';
import { ensureInstalled } from './ensureInstalled.mjs';
import { loadBundled } from './loadBundled.mjs';
import { nodeProblem, ROOT } from './runCommand.mjs';

try {
  const problem = nodeProblem(process.versions.node);
  if (problem) {
    throw new Error(problem);
  }
  const { values } = parseArgs({
    options: {
      repetitions: { type: 'string', default: '5' },
      threads: { type: 'string', default: '2' },
      dry: { type: 'boolean', default: false },
    },
  });
  const [repetitions, threads] = [Number(values.repetitions), Number(values.threads)];
  if (![repetitions, threads].every((value) => Number.isInteger(value) && value >= 1)) {
    throw new Error('--repetitions and --threads are whole numbers from 1 up.');
  }
  await ensureInstalled();
  const { benchModels } = await loadBundled('scripts/bench/models/main.ts', ['onnxruntime-web']);
  const text = await benchModels({ root: ROOT, repetitions, threads });
  console.log(`\n${text}`);
  if (!values.dry) {
    const { writeSection } = await import('./writeBenchmarkSection.mjs');
    await writeSection(text, 'models');
  }
} catch (error) {
  console.error(`The benchmark was not finished: ${error?.stack ?? error}`);
  process.exitCode = 1;
}
