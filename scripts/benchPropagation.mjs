// `npm run bench:propagation -- --data DIR`: measures how well masks are carried along videos with known masks.
// `npm run bench:propagation -- --help` tells the rest.
import { ensureInstalled } from './ensureInstalled.mjs';
import { loadBundled } from './loadBundled.mjs';
import { nodeProblem, ROOT } from './runCommand.mjs';

try {
  const problem = nodeProblem(process.versions.node);
  if (problem) {
    throw new Error(problem);
  }
  await ensureInstalled();
  const { fetchTool } = await import('./fetchTool.mjs');
  const { prepareModels } = await import('./prepareModels.mjs');
  process.setSourceMapsEnabled(true);
  const { runPropagationBench } = await loadBundled('scripts/bench/propagation/main.ts');
  const writeReport = async (text) => {
    const { writeSection } = await import('./writeBenchmarkSection.mjs');
    await writeSection(text, 'propagation');
  };
  await runPropagationBench(process.argv.slice(2), { root: ROOT, fetchTool, prepareModels, writeReport });
} catch (error) {
  console.error(`The benchmark was not finished: ${error?.message ?? error}`);
  if (error?.name !== 'UsageError') {
    console.error(error?.stack ?? '');
  }
  process.exitCode = 1;
}
