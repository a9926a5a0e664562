// The counting of test results, on reports as the suites write them.
import { describe, expect, it } from 'vitest';
import { isInstalled } from './ensureInstalled.mjs';
import { nodeProblem } from './runCommand.mjs';
import {
  countCommand,
  countNotRun,
  countPlaywright,
  countVitest,
  hasFailed,
  summaryLines,
} from './testSummary.mjs';

function vitestReport(overrides = {}) {
  return JSON.stringify({
    numTotalTests: 5,
    numPassedTests: 4,
    numFailedTests: 0,
    numPendingTests: 1,
    numTodoTests: 0,
    success: true,
    testResults: [{ status: 'passed', assertionResults: [{ status: 'passed' }] }],
    ...overrides,
  });
}

function playwrightReport(stats = {}, errors = []) {
  return JSON.stringify({
    errors,
    stats: { expected: 3, unexpected: 0, flaky: 0, skipped: 0, duration: 1, ...stats },
  });
}

describe('countVitest', () => {
  it('counts passed, failed and skipped tests', () => {
    expect(countVitest('unit', vitestReport(), 0)).toEqual({
      name: 'unit',
      passed: 4,
      failed: 0,
      skipped: 1,
    });
    const failing = vitestReport({
      numPassedTests: 3,
      numFailedTests: 1,
      numTodoTests: 2,
      testResults: [{ status: 'failed', assertionResults: [{ status: 'failed' }] }],
    });
    expect(countVitest('unit', failing, 1)).toMatchObject({ passed: 3, failed: 1, skipped: 3 });
  });

  it('counts a file that cannot be loaded as a failure', () => {
    const report = vitestReport({
      testResults: [
        { status: 'failed', message: 'Cannot find module', assertionResults: [] },
        { status: 'passed', assertionResults: [{ status: 'passed' }] },
      ],
    });
    expect(countVitest('unit', report, 1)).toMatchObject({ passed: 4, failed: 1 });
  });

  it('fails when a green report comes with a bad exit code', () => {
    expect(countVitest('unit', vitestReport(), 1)).toMatchObject({ passed: 4, failed: 1 });
  });

  it('fails when no test ran, or all were skipped', () => {
    const none = vitestReport({ numPassedTests: 0, numPendingTests: 0, testResults: [] });
    expect(countVitest('unit', none, 0)).toMatchObject({ passed: 0, failed: 1 });
    const skipped = vitestReport({ numPassedTests: 0, numPendingTests: 5 });
    expect(countVitest('unit', skipped, 0)).toMatchObject({ failed: 1, skipped: 5 });
  });

  it.each([[null], [''], ['{"testResults": ['], ['{}']])('fails without a whole report: %s', (text) => {
    expect(countVitest('unit', text, 0)).toMatchObject({ passed: 0, failed: 1 });
  });
});

describe('notes', () => {
  const tests = [
    { status: 'passed', fullName: 'steady', failureMessages: [] },
    {
      status: 'passed',
      fullName: 'shaky',
      failureMessages: ['\u001B[31mError: late\u001B[39m\n    at x.ts:1'],
    },
    { status: 'failed', fullName: 'broken', failureMessages: ['Error: wrong\n  - 1\n  + 2'] },
  ];

  it('name the tests of Vitest that failed once or for good', () => {
    const report = vitestReport({
      numFailedTests: 1,
      testResults: [
        { name: 'a.test.ts', status: 'failed', assertionResults: tests },
        { name: 'b.test.ts', status: 'failed', message: 'Cannot find module', assertionResults: [] },
      ],
    });
    const { notes } = countVitest('unit', report, 1);
    expect(notes).toEqual([
      'failed: b.test.ts > the file itself: Cannot find module',
      'passed on the second try: a.test.ts > shaky: Error: late',
      'failed: a.test.ts > broken: Error: wrong |   - 1 |   + 2',
    ]);
    expect(summaryLines([{ name: 'unit', passed: 1, failed: 2, skipped: 0, notes }])).toEqual([
      'Tests to look at:',
      ...notes.map((note) => `  ${note}`),
      'Steps:',
      '  unit     1 passed, 2 failed',
      '1 passed, 2 failed',
    ]);
  });

  it('name those of Playwright, however deep', () => {
    const spec = (title, status) => ({
      title,
      file: 'a.spec.ts',
      tests: [{ status, results: [{ error: { message: 'Timeout' } }, {}] }],
    });
    const report = JSON.stringify({
      stats: { expected: 1, unexpected: 1, flaky: 1, skipped: 0 },
      suites: [
        {
          specs: [spec('slow', 'flaky')],
          suites: [{ specs: [spec('dead', 'unexpected'), spec('ok', 'expected')] }],
        },
      ],
    });
    expect(countPlaywright('e2e', report, 1).notes).toEqual([
      'failed: a.spec.ts > dead: Timeout',
      'passed on the second try: a.spec.ts > slow: Timeout',
    ]);
  });
});

describe('countPlaywright', () => {
  it('counts a flaky test as passed and a skipped one as neither', () => {
    const report = playwrightReport({ expected: 3, flaky: 1, unexpected: 2, skipped: 4 });
    expect(countPlaywright('e2e', report, 1)).toEqual({ name: 'e2e', passed: 4, failed: 2, skipped: 4 });
  });

  it('counts errors outside of tests', () => {
    const report = playwrightReport({ expected: 0 }, [{ message: 'the server did not start' }]);
    expect(countPlaywright('e2e', report, 1)).toMatchObject({ passed: 0, failed: 1 });
  });

  it('fails on zero tests, a bad exit code and a missing report', () => {
    expect(countPlaywright('e2e', playwrightReport({ expected: 0 }), 0)).toMatchObject({ failed: 1 });
    expect(countPlaywright('e2e', playwrightReport(), 130)).toMatchObject({ passed: 3, failed: 1 });
    expect(countPlaywright('e2e', null, 0)).toMatchObject({ failed: 1 });
  });
});

describe('summaryLines', () => {
  it('ends with the sum alone, the skipped before it', () => {
    const results = [
      countCommand('types', 0),
      countCommand('lint', 2),
      countVitest('unit', vitestReport(), 0),
      countNotRun('e2e', 'the build failed'),
    ];
    expect(summaryLines(results)).toEqual([
      'Steps:',
      '  types    1 passed, 0 failed',
      '  lint     0 passed, 1 failed (exit code 2)',
      '  unit     4 passed, 0 failed',
      '  e2e      0 passed, 1 failed (the build failed)',
      '1 skipped',
      '5 passed, 2 failed',
    ]);
    expect(hasFailed(results)).toBe(true);
  });

  it('is a success only when something passed and nothing failed', () => {
    expect(hasFailed([countCommand('types', 0)])).toBe(false);
    expect(hasFailed([])).toBe(true);
  });
});

describe('isInstalled', () => {
  const wanted = {
    '': { name: 'maskflow' },
    'node_modules/a': { version: '1.0.0' },
    'node_modules/b-win32': { version: '2.0.0', optional: true },
  };

  it('accepts the same versions, without packages for other platforms', () => {
    expect(isInstalled(wanted, { 'node_modules/a': { version: '1.0.0' } })).toBe(true);
  });

  it('finds what is missing, old or broken off', () => {
    expect(isInstalled(wanted, { 'node_modules/a': { version: '0.9.0' } })).toBe(false);
    expect(isInstalled(wanted, {})).toBe(false);
    expect(isInstalled(wanted, null)).toBe(false);
  });
});

describe('nodeProblem', () => {
  it('accepts what Vite accepts', () => {
    expect(['20.19.0', '20.20.2', '22.12.0', '24.0.0'].map(nodeProblem)).toEqual([null, null, null, null]);
  });

  it.each(['18.20.0', '20.18.3', '21.7.0', '22.11.0'])('says what to do on Node %s', (version) => {
    expect(nodeProblem(version)).toContain(`this is Node ${version}`);
  });
});
