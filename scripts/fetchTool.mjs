// Packages that only a benchmark needs: fetched on first use, kept beside the installed ones, never part of the app.
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT, runNpm } from './runCommand.mjs';

const CACHE = join(ROOT, 'node_modules', '.cache', 'maskflow-bench');

/**
 * Makes sure that a package is in the cache; install scripts are not run.
 * @param {{ name: string, version: string, size: string }} tool `size` in words, for the user who waits
 * @returns {Promise<string>} the package's folder
 */
export async function fetchTool({ name, version, size }) {
  const folder = join(CACHE, `${name.replace('/', '+')}-${version}`);
  const packageFolder = join(folder, 'node_modules', name);
  if (existsSync(packageFolder)) {
    return packageFolder;
  }
  console.error(`Fetching ${name} ${version} (${size}; once, into node_modules/.cache/maskflow-bench) ...`);
  await mkdir(CACHE, { recursive: true });
  // Install aside, then rename: a broken installation never passes for a whole one.
  const aside = await mkdtemp(join(CACHE, 'fetching-'));
  try {
    await writeFile(join(aside, 'package.json'), '{ "private": true }\n');
    const args = ['install', '--ignore-scripts', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'];
    const code = await runNpm([...args, '--prefix', aside, `${name}@${version}`]);
    if (code !== 0) {
      throw new Error(
        `${name} ${version} could not be fetched: "npm install" failed (see above). Check the connection to the npm registry and the free disk space, then run the same command again.`,
      );
    }
    await rename(aside, folder).catch((error) => {
      // Another run may have been faster.
      if (!existsSync(packageFolder)) {
        throw error;
      }
    });
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
  return packageFolder;
}
