// Where a usable Chromium is: one named by the user, one installed on the system, or Playwright's own.
import { existsSync } from 'node:fs';
import { chromium } from 'playwright';

const SYSTEM_PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

/** Flags every test browser starts with; the networking ones keep a closed network from stalling start-up. */
export const chromiumArgs = [
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
];

/** @returns {string | null} path of a Chromium executable, or null when none is installed */
export function findChromium() {
  const named = process.env.MASKFLOW_CHROMIUM;
  if (named) {
    return existsSync(named) ? named : null;
  }
  const system = SYSTEM_PATHS.find((path) => existsSync(path));
  if (system) {
    return system;
  }
  const bundled = chromium.executablePath();
  return bundled && existsSync(bundled) ? bundled : null;
}
