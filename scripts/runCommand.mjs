// Runs npm and the installed tools, on every platform, with their output on ours.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Vite, which builds and serves the app, needs this or a later version. */
const NEEDED_NODE = 'Node 20.19 or newer (of the 22 line: 22.12 or newer)';

/**
 * @param {string} version such as `20.19.0`
 * @returns {string | null} what to tell the user, or null when the version will do
 */
export function nodeProblem(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isEnough = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major >= 23;
  return isEnough
    ? null
    : `Maskflow needs ${NEEDED_NODE}; this is Node ${version}. Get a newer one at https://nodejs.org, then run the same command again.`;
}

/**
 * Runs a command in the repository root with inherited output.
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: Record<string, string>, shell?: boolean, onOutput?: (text: string) => void }} [options] `env` is added
 *   to ours; `onOutput` gets what would else go to our output
 * @returns {Promise<number>} its exit code; 127 when it could not be started, 1 when a signal ended it
 */
export function runCommand(command, args, { env = {}, shell = false, onOutput } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: onOutput ? ['inherit', 'pipe', 'pipe'] : 'inherit',
      shell,
    });
    child.stdout?.setEncoding('utf8').on('data', onOutput);
    child.stderr?.setEncoding('utf8').on('data', onOutput);
    child.on('error', (error) => {
      (onOutput ?? console.error)(`${command} could not be started: ${error.message}`);
      resolve(127);
    });
    child.on('close', (code) => resolve(code ?? 1));
  });
}

/**
 * @param {string[]} args
 * @param {{ env?: Record<string, string>, onOutput?: (text: string) => void }} [options] as of runCommand
 */
export function runNpm(args, options) {
  const script = process.env.npm_execpath;
  if (script && /npm-cli\.c?js$/.test(script)) {
    return runCommand(process.execPath, [script, ...args], options);
  }
  // npm is a .cmd file on Windows, which Node starts only through a shell.
  return runCommand('npm', args, { ...options, shell: process.platform === 'win32' });
}

/**
 * Runs the command of an installed package with this Node, which needs neither npx nor a shell.
 * @param {string} packageName
 * @param {string[]} args
 * @param {Record<string, string>} [env]
 */
export function runTool(packageName, args, env) {
  const folder = join(ROOT, 'node_modules', packageName);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = typeof bin === 'string' ? bin : Object.values(bin)[0];
  return runCommand(process.execPath, [join(folder, file), ...args], { env });
}
