/** End-to-end tests: user journeys in a real Chromium, against the built app. */
import { availableParallelism } from 'node:os';
import { defineConfig } from '@playwright/test';
import { chromiumArgs, findChromium } from '../scripts/findChromium.mjs';
import { PORT } from '../vite.config';

/** `npm test` chooses a free one. */
const port = Number(process.env['MASKFLOW_E2E_PORT'] ?? PORT);
const baseURL = `http://localhost:${port}/`;

/** They take half of the time, and begin first, so that no core is left idle at the end. */
const longest = /\/(journey|models|persistence|privateWindow|propagation|study)\.spec\.ts$/;

export default defineConfig({
  testDir: '.',
  outputDir: '../test-results/e2e',
  // The real model runs on WASM; on two slow cores an encoding alone takes many seconds.
  timeout: 300_000,
  expect: { timeout: 60_000 },
  // The model alone keeps two cores busy; what waits for pages and disks goes on beside it.
  workers: Math.min(2, availableParallelism()),
  fullyParallel: false,
  projects: [
    { name: 'long', testMatch: longest },
    { name: 'short', testIgnore: longest },
  ],
  forbidOnly: Boolean(process.env.CI),
  // `npm test` names the tests that needed a second try.
  retries: process.env['CI'] ? 1 : 0,
  reporter: [['list'], ['json', { outputFile: '../test-results/e2e.json' }]],
  use: {
    baseURL,
    browserName: 'chromium',
    viewport: { width: 1440, height: 900 },
    launchOptions: { executablePath: findChromium() ?? undefined, args: chromiumArgs },
    trace: 'off',
    screenshot: 'only-on-failure',
    acceptDownloads: true,
    // Each test starts from the server; e2e/offline.spec.ts lets them in.
    serviceWorkers: 'block',
  },
  webServer: {
    command: `node node_modules/vite/bin/vite.js preview --port ${port}`,
    cwd: '..',
    env: { MASKFLOW_UNCOMPRESSED: '1' },
    url: baseURL,
    reuseExistingServer: !process.env.CI,
    timeout: 60_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 5000 },
  },
});
