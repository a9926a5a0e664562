// What the benchmarks in Chromium share: their options, their preparation, and their section of docs/benchmarks.md.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureChromium } from './ensureChromium.mjs';
import { ensureInstalled } from './ensureInstalled.mjs';
import { nodeProblem, ROOT } from './runCommand.mjs';
import { writeSection } from './writeBenchmarkSection.mjs';

function readOptions() {
  const { values } = parseArgs({
    options: {
      repetitions: { type: 'string' },
      'wait-minutes': { type: 'string' },
      dry: { type: 'boolean', default: false },
    },
  });
  const isDry = values.dry;
  const repetitions = Number(values.repetitions ?? (isDry ? 1 : 3));
  const waitMinutes = Number(values['wait-minutes'] ?? (isDry ? 0 : 15));
  if (!Number.isInteger(repetitions) || repetitions < 1 || !(waitMinutes >= 0)) {
    throw new Error('--repetitions is a whole number from 1 up, and --wait-minutes one from 0 up.');
  }
  return { repetitions, quietLimitMs: waitMinutes * 60_000, isDry };
}

async function bench(name, run) {
  const problem = nodeProblem(process.versions.node);
  if (problem) {
    throw new Error(problem);
  }
  const options = readOptions();
  await ensureInstalled();
  const chromiumPath = await ensureChromium();
  const { prepareModels } = await import('./prepareModels.mjs');
  await prepareModels();

  const { runnerImport } = await import('vite');
  const load = async (file) =>
    (await runnerImport(join(ROOT, 'e2e', 'bench', name, file), { root: ROOT })).module;
  const text = await run(load, { root: ROOT, chromiumPath, ...options });
  console.log(`\n${text}`);
  if (!options.isDry) {
    await writeSection(text, name);
  }
}

/**
 * @param {string} name of the folder in e2e/bench, and of the section
 * @param {(load: (file: string) => Promise<object>, options: object) => Promise<string>} run gives the section's text
 */
export async function benchInChromium(name, run) {
  try {
    await bench(name, run);
  } catch (error) {
    console.error(`The benchmark was not finished, and nothing was written: ${error?.message ?? error}`);
    console.error(error?.stack ?? '');
    process.exitCode = 1;
  }
}
