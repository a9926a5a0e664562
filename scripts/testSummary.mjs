// Counts what the test suites report. Nothing that went wrong may look like a success.

/**
 * `notes` name the tests that failed, and those that passed on a second try only.
 * @typedef {{ name: string, passed: number, failed: number, skipped: number, problem?: string, notes?: string[] }} StepResult
 */

// Reports colour their messages.
// oxlint-disable-next-line no-control-regex
const COLOURS = /\u001B\[[0-9;]*m/g;

/** What went wrong, without the stack: the first lines tell it. */
function shortMessage(text) {
  const lines = String(text ?? '')
    .replace(COLOURS, '')
    .split('\n')
    .filter((line) => line.trim() && !/^\s+at /.test(line));
  return lines.slice(0, 3).join(' | ').slice(0, 400);
}

function noteOf(how, file, title, message) {
  return `${how}: ${file} > ${title}: ${shortMessage(message)}`;
}

const RETRIED = 'passed on the second try';

/** Notes are left out where there are none. */
function withNotes(result, notes) {
  return notes.length > 0 ? { ...result, notes } : result;
}

/**
 * A step that is one command counts as one test.
 * @param {string} name
 * @param {number} exitCode
 * @returns {StepResult}
 */
export function countCommand(name, exitCode) {
  return exitCode === 0
    ? { name, passed: 1, failed: 0, skipped: 0 }
    : { name, passed: 0, failed: 1, skipped: 0, problem: `exit code ${exitCode}` };
}

/**
 * A step that could not be run counts as one failure.
 * @param {string} name
 * @param {string} problem
 * @returns {StepResult}
 */
export function countNotRun(name, problem) {
  return { name, passed: 0, failed: 1, skipped: 0, problem };
}

/** Adds a failure where the counts alone would hide one. */
function withCrashes(counts, exitCode) {
  if (counts.failed === 0 && exitCode !== 0) {
    return { ...counts, failed: 1, problem: `every test passed, yet the exit code is ${exitCode}` };
  }
  if (counts.failed === 0 && counts.passed === 0) {
    return { ...counts, failed: 1, problem: 'no test ran' };
  }
  return counts;
}

function parseReport(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/**
 * @param {string} name
 * @param {string | null} reportText what Vitest's JSON reporter wrote; null when it wrote nothing
 * @param {number} exitCode
 * @returns {StepResult}
 */
export function countVitest(name, reportText, exitCode) {
  const report = parseReport(reportText ?? '');
  if (!Array.isArray(report?.testResults)) {
    return countNotRun(name, `no report was written (exit code ${exitCode})`);
  }
  // A file that cannot be loaded fails without a failed test in it.
  const brokenFiles = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  const counts = {
    name,
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles.length,
    skipped: report.numPendingTests + (report.numTodoTests ?? 0),
  };
  const notes = report.testResults.flatMap((file) =>
    file.assertionResults
      .filter(
        (test) => test.status === 'failed' || (test.status === 'passed' && test.failureMessages?.length),
      )
      .map((test) =>
        noteOf(
          test.status === 'failed' ? 'failed' : RETRIED,
          file.name,
          test.fullName,
          test.failureMessages?.[0],
        ),
      ),
  );
  const broken = brokenFiles.map((file) => noteOf('failed', file.name, 'the file itself', file.message));
  return withNotes(withCrashes(counts, exitCode), [...broken, ...notes]);
}

/** Notes of Playwright's nested suites. */
function playwrightNotes(suites) {
  return (suites ?? []).flatMap((suite) => [
    ...playwrightNotes(suite.suites),
    ...(suite.specs ?? []).flatMap((spec) =>
      spec.tests
        .filter((test) => test.status === 'unexpected' || test.status === 'flaky')
        .map((test) =>
          noteOf(
            test.status === 'flaky' ? RETRIED : 'failed',
            spec.file,
            spec.title,
            test.results.find((result) => result.error)?.error.message,
          ),
        ),
    ),
  ]);
}

/**
 * @param {string} name
 * @param {string | null} reportText what Playwright's JSON reporter wrote; null when it wrote nothing
 * @param {number} exitCode
 * @returns {StepResult}
 */
export function countPlaywright(name, reportText, exitCode) {
  const report = parseReport(reportText ?? '');
  if (!report?.stats) {
    return countNotRun(name, `no report was written (exit code ${exitCode})`);
  }
  const { expected, flaky, unexpected, skipped } = report.stats;
  // Errors outside of tests: a file that cannot be loaded, a server that does not start.
  const errors = report.errors?.length ?? 0;
  const counts = { name, passed: expected + flaky, failed: unexpected + errors, skipped };
  const outside = (report.errors ?? []).map((error) =>
    noteOf('failed', name, 'outside of tests', error.message),
  );
  return withNotes(withCrashes(counts, exitCode), [...outside, ...playwrightNotes(report.suites)]);
}

/**
 * The lines to print at the end; the last is `N passed, N failed` alone.
 * @param {readonly StepResult[]} results
 * @returns {string[]}
 */
export function summaryLines(results) {
  const total = (key) => results.reduce((sum, result) => sum + result[key], 0);
  const steps = results.map(({ name, passed, failed, problem }) => {
    const counts = `${passed} passed, ${failed} failed`;
    return `  ${name.padEnd(8)} ${counts}${problem ? ` (${problem})` : ''}`;
  });
  const skipped = total('skipped');
  const notes = results.flatMap((result) => result.notes ?? []);
  return [
    ...(notes.length > 0 ? ['Tests to look at:', ...notes.map((note) => `  ${note}`)] : []),
    'Steps:',
    ...steps,
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
    `${total('passed')} passed, ${total('failed')} failed`,
  ];
}

/** @param {readonly StepResult[]} results */
export function hasFailed(results) {
  return results.length === 0 || results.some((result) => result.failed > 0);
}
