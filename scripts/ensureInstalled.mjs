// Makes sure that node_modules holds what package-lock.json names. Imports nothing that has to be installed.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, runNpm } from './runCommand.mjs';

function readLock(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages ?? null;
  } catch {
    return null;
  }
}

/**
 * Whether an installation is complete and current. npm writes node_modules/.package-lock.json when an installation
 * has ended, so a broken one shows, and comparing versions instead of times survives copying and `git checkout`.
 * @param {Record<string, any> | null} wanted `packages` of package-lock.json
 * @param {Record<string, any> | null} installed `packages` of node_modules/.package-lock.json
 */
export function isInstalled(wanted, installed) {
  if (!wanted || !installed) {
    return false;
  }
  return Object.entries(wanted).every(([path, entry]) => {
    const found = installed[path];
    if (path === '') {
      return true;
    }
    // Packages for other platforms are optional and rightly missing.
    return found ? found.version === entry.version : Boolean(entry.optional);
  });
}

/** Runs `npm ci` when needed; throws an Error with advice when that fails. */
export async function ensureInstalled() {
  const wanted = readLock(join(ROOT, 'package-lock.json'));
  if (isInstalled(wanted, readLock(join(ROOT, 'node_modules', '.package-lock.json')))) {
    return;
  }
  console.log('Installing the packages named in package-lock.json ...');
  const env = { PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1' };
  const code = await runNpm(['ci', '--include=dev', '--no-audit', '--no-fund'], { env });
  if (code !== 0) {
    throw new Error(
      'The packages could not be installed: "npm ci" failed (see above). Check the connection to the npm registry and the free disk space, then run the same command again.',
    );
  }
}
