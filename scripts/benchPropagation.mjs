// `npm run bench:propagation -- --data DIR`: measures how well masks are carried along videos with known masks.
// `npm run bench:propagation -- --help` tells the rest.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { asSection, withSection } from './benchmarkSection.mjs';
import { ensureInstalled } from './ensureInstalled.mjs';
import { nodeProblem, ROOT } from './runCommand.mjs';

/**
 * Bundled, not interpreted module by module: that is how the engine runs in the app, and its times count here. It also
 * lets the sources be edited while a long run goes on.
 */
async function loadBundled() {
  const { build } = await import('vite');
  const cache = join(ROOT, 'node_modules', '.cache', 'maskflow-bench');
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'bundle-'));
  try {
    await build({
      configFile: false,
      root: ROOT,
      logLevel: 'warn',
      ssr: { noExternal: true },
      build: {
        ssr: join(ROOT, 'scripts', 'bench', 'propagation', 'main.ts'),
        outDir: folder,
        target: 'node20',
        minify: false,
        sourcemap: 'inline',
        copyPublicDir: false,
        rolldownOptions: { output: { entryFileNames: 'main.mjs', codeSplitting: false } },
      },
    });
    return await import(pathToFileURL(join(folder, 'main.mjs')).href);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Puts the text into its section of docs/benchmarks.md. */
async function writeReport(text) {
  const { format, resolveConfig } = await import('prettier');
  const page = join(ROOT, 'docs', 'benchmarks.md');
  const old = existsSync(page) ? readFileSync(page, 'utf8') : '# Benchmarks\n';
  const config = await resolveConfig(page);
  writeFileSync(page, await format(withSection(old, asSection(text)), { ...config, parser: 'markdown' }));
  console.log('Written to docs/benchmarks.md.');
}

try {
  const problem = nodeProblem(process.versions.node);
  if (problem) {
    throw new Error(problem);
  }
  await ensureInstalled();
  const { fetchTool } = await import('./fetchTool.mjs');
  const { prepareModels } = await import('./prepareModels.mjs');
  process.setSourceMapsEnabled(true);
  const { runPropagationBench } = await loadBundled();
  await runPropagationBench(process.argv.slice(2), { root: ROOT, fetchTool, prepareModels, writeReport });
} catch (error) {
  console.error(`The benchmark was not finished: ${error?.message ?? error}`);
  if (error?.name !== 'UsageError') {
    console.error(error?.stack ?? '');
  }
  process.exitCode = 1;
}
