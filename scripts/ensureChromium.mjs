// Makes sure that the tests have a Chromium: an installed one, Playwright's, or Debian's package.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { runCommand, runTool } from './runCommand.mjs';

/** A downloaded Chromium may lack system libraries; only starting it shows that. */
function canStart(path) {
  // On Windows `--version` opens a window instead of printing, and libraries are never missing.
  return process.platform === 'win32' || spawnSync(path, ['--version'], { timeout: 30_000 }).status === 0;
}

/**
 * The first Chromium that starts. It is named to the suites through the environment, for what is installed may be a
 * stub that only asks for another package.
 */
async function usableChromium() {
  // Imported only here: they need the installed packages.
  const { findChromium } = await import('./findChromium.mjs');
  const { chromium } = await import('playwright');
  const candidates = process.env.MASKFLOW_CHROMIUM
    ? [findChromium()]
    : [findChromium(), chromium.executablePath()];
  const path = candidates.find((candidate) => candidate && existsSync(candidate) && canStart(candidate));
  if (path) {
    process.env.MASKFLOW_CHROMIUM = path;
  }
  return path ?? null;
}

function mayInstallDebianPackage() {
  return process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
}

/**
 * Call after the packages are installed. Throws an Error with advice when no Chromium can be had.
 * @returns {Promise<string>} its path
 */
export async function ensureChromium() {
  const found = await usableChromium();
  if (found) {
    return found;
  }
  if (process.env.MASKFLOW_CHROMIUM) {
    throw new Error(
      `MASKFLOW_CHROMIUM is ${process.env.MASKFLOW_CHROMIUM}, which is not a browser that starts.`,
    );
  }
  console.log('No Chromium was found; fetching the one of Playwright ...');
  // A closed network must fail soon, so that the next way is tried.
  const env = { PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '20000' };
  await runTool('playwright', ['install', 'chromium'], env);
  const downloaded = await usableChromium();
  if (downloaded) {
    return downloaded;
  }
  if (mayInstallDebianPackage()) {
    console.log("That did not work; installing the system's chromium package ...");
    const apt = { DEBIAN_FRONTEND: 'noninteractive' };
    if ((await runCommand('apt-get', ['update'], { env: apt })) === 0) {
      await runCommand('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], { env: apt });
    }
    const installed = await usableChromium();
    if (installed) {
      return installed;
    }
  }
  throw new Error(
    'No Chromium could be found or installed. Install Chrome or Chromium, or name one in the variable MASKFLOW_CHROMIUM, then run the tests again.',
  );
}
