// `npm test`: every check of the project, from a clean clone. Its last line is `N passed, N failed`.
// `npm test -- --only unit,e2e` runs some of the steps.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { markBuilt } from './ensureBuild.mjs';
import { ensureChromium } from './ensureChromium.mjs';
import { ensureInstalled } from './ensureInstalled.mjs';
import { ensureReaders } from './ensureReaders.mjs';
import { freePort } from './freePort.mjs';
import { nodeProblem, ROOT, runNpm, runTool } from './runCommand.mjs';
import {
  countCommand,
  countNotRun,
  countPlaywright,
  countVitest,
  hasFailed,
  summaryLines,
} from './testSummary.mjs';

const REPORTS = join(ROOT, 'test-results');
const BROWSER_STEPS = ['browser', 'e2e'];

async function npmStep(name, script, onOutput) {
  return countCommand(name, await runNpm(['run', '--silent', script], { onOutput }));
}

/** For steps that run side by side: what it printed comes in one piece, under its name. */
async function collectedNpmStep(name, script) {
  let output = '';
  const result = await npmStep(name, script, (text) => {
    output += text;
  });
  console.log(`\n--- ${name} ---\n${output.trimEnd()}`);
  return result;
}

/** Runs a suite whose report goes to `test-results/<name>.json`; an old report is deleted first. */
async function withReport(name, count, run) {
  const file = join(REPORTS, `${name}.json`);
  mkdirSync(REPORTS, { recursive: true });
  rmSync(file, { force: true });
  const exitCode = await run(file);
  let text = null;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    // Counted as a failure below.
  }
  return count(name, text, exitCode);
}

function vitestStep(name, project) {
  return withReport(name, countVitest, (file) =>
    runTool('vitest', [
      'run',
      `--project=${project}`,
      // A test that passes on its second try only is named in the summary.
      '--retry=1',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${file}`,
    ]),
  );
}

const STEPS = {
  format: () => collectedNpmStep('format', 'format:check'),
  types: () => collectedNpmStep('types', 'types'),
  lint: () => collectedNpmStep('lint', 'lint'),
  unit: () => vitestStep('unit', 'unit'),
  // Every project but the one above runs in a browser.
  browser: () => vitestStep('browser', '!unit'),
  build: async () => {
    const result = await npmStep('build', 'build');
    if (result.failed === 0) {
      markBuilt();
    }
    return result;
  },
  // CI keeps Playwright from testing a server that was already running, perhaps of another checkout; on a port of its own
  // it gets along with `npm start` beside it.
  e2e: () =>
    withReport('e2e', countPlaywright, async () =>
      runTool('@playwright/test', ['test', '-c', 'e2e/playwright.config.ts'], {
        CI: process.env.CI || '1',
        MASKFLOW_E2E_PORT: String(await freePort()),
      }),
    ),
};

/** Steps of one command each, which has one thread for most of the time: they run side by side. */
const COMMAND_STEPS = ['format', 'types', 'lint'];

/** @returns {string[]} names of the steps to run */
function chosenSteps(args) {
  const at = args.findIndex((arg) => arg === '--only' || arg.startsWith('--only='));
  if (at < 0) {
    return Object.keys(STEPS);
  }
  const list = args[at].includes('=') ? args[at].slice('--only='.length) : (args[at + 1] ?? '');
  const wanted = list.split(',').filter(Boolean);
  const unknown = wanted.filter((name) => !(name in STEPS));
  if (unknown.length > 0 || wanted.length === 0) {
    throw new Error(
      `--only takes a list of ${Object.keys(STEPS).join(', ')}; not ${unknown.join(', ') || 'nothing'}.`,
    );
  }
  return Object.keys(STEPS).filter((name) => wanted.includes(name));
}

/** @returns {Promise<string | null>} why there is no browser; null when there is one */
async function browserProblem() {
  try {
    console.log(`Chromium: ${await ensureChromium()}`);
    return null;
  } catch (error) {
    console.error(error.message);
    return 'there is no Chromium';
  }
}

/** Steps that read exports back by other programs. */
const READER_STEPS = ['unit', 'e2e'];

async function prepare(names) {
  const problem = nodeProblem(process.versions.node);
  if (problem) {
    throw new Error(problem);
  }
  await ensureInstalled();
  if (names.some((name) => READER_STEPS.includes(name))) {
    await ensureReaders();
  }
  const { prepareModels } = await import('./prepareModels.mjs');
  await prepareModels();
}

/** Prints the heading before, and what it took after. */
async function timed(heading, run) {
  console.log(`\n=== ${heading} ===`);
  const startMs = performance.now();
  const result = await run();
  console.log(`${heading}: ${((performance.now() - startMs) / 1000).toFixed(0)} s`);
  return result;
}

async function runSteps(names) {
  const results = [];
  const noBrowser = names.some((name) => BROWSER_STEPS.includes(name)) ? await browserProblem() : null;
  const commands = names.filter((name) => COMMAND_STEPS.includes(name));
  if (commands.length > 0) {
    const together = () => Promise.all(commands.map((name) => STEPS[name]()));
    results.push(...(await timed(commands.join(', '), together)));
  }
  for (const name of names.filter((step) => !commands.includes(step))) {
    const isBuildBroken = results.some((result) => result.name === 'build' && result.failed > 0);
    if (noBrowser && BROWSER_STEPS.includes(name)) {
      results.push(countNotRun(name, noBrowser));
    } else if (name === 'e2e' && isBuildBroken) {
      results.push(countNotRun(name, 'the build failed'));
    } else {
      results.push(await timed(name, STEPS[name]));
    }
  }
  return results;
}

let results = [];
try {
  const names = chosenSteps(process.argv.slice(2));
  await prepare(names);
  results = await runSteps(names);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  results.push(countNotRun('prepare', 'see above'));
}
console.log(`\n${summaryLines(results).join('\n')}`);
process.exitCode = hasFailed(results) ? 1 : 0;
