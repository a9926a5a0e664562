// Loads TypeScript that a benchmark runs under Node.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from './runCommand.mjs';

/**
 * Bundled, not interpreted module by module: that is how the engine runs in the app, and its times count here. It also
 * lets the sources be edited while a long run goes on.
 * @param {string} entry a file, from the repository's folder on
 * @param {string[]} external packages that stay outside: those that look for files beside their own
 */
export async function loadBundled(entry, external = []) {
  const { build } = await import('vite');
  const cache = join(ROOT, 'node_modules', '.cache', 'maskflow-bench');
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'bundle-'));
  try {
    await build({
      configFile: false,
      root: ROOT,
      logLevel: 'warn',
      ssr: { noExternal: true, external },
      build: {
        ssr: join(ROOT, entry),
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
