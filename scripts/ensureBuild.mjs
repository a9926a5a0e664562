// Makes sure that dist/ is built from the sources as they are now.
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, runTool } from './runCommand.mjs';

const INPUTS = [
  'src',
  'public',
  'index.html',
  'vite.config.ts',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
];

/** Written after a build has ended, so that an interrupted one does not pass for a whole one. */
const STAMP = join('.cache', 'build-finished');

function modifiedMs(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? null;
}

/** The latest time of change below `path`; folders count too, for they change when a file is added or removed. */
function newestMs(path) {
  const own = modifiedMs(path);
  if (own === null || !statSync(path).isDirectory()) {
    return own ?? 0;
  }
  return readdirSync(path).reduce((newest, name) => Math.max(newest, newestMs(join(path, name))), own);
}

/** @param {string} [root] */
export function isBuildCurrent(root = ROOT) {
  const builtMs = modifiedMs(join(root, STAMP));
  return (
    builtMs !== null &&
    modifiedMs(join(root, 'dist', 'index.html')) !== null &&
    INPUTS.every((input) => newestMs(join(root, input)) < builtMs)
  );
}

/** @param {string} [root] */
export function markBuilt(root = ROOT) {
  mkdirSync(join(root, '.cache'), { recursive: true });
  writeFileSync(join(root, STAMP), `${new Date().toISOString()}\n`);
}

/** Builds when needed; throws an Error with advice when that fails. */
export async function ensureBuild() {
  if (isBuildCurrent()) {
    return;
  }
  console.log('Building the app ...');
  const code = await runTool('vite', ['build']);
  if (code !== 0) {
    throw new Error(
      'The app could not be built (see above). In an unchanged checkout, "git status" and "npm ci" show what is amiss.',
    );
  }
  markBuilt();
}
