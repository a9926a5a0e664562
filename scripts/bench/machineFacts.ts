/** Describes the machine that a benchmark runs on, and the sources that it measures. */
import { execFileSync } from 'node:child_process';
import { cpus, release, totalmem, type as osType } from 'node:os';

export type MachineFacts = {
  readonly cpuModel: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly system: string;
  readonly node: string;
  /** Of the sources measured; null outside of a git checkout. */
  readonly commit: string | null;
};

export function machineFacts(root: string): MachineFacts {
  const processors = cpus();
  return {
    cpuModel: processors[0]?.model.trim() || 'unnamed processor',
    cores: processors.length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${osType()} ${release()}`,
    node: process.versions.node,
    commit: commitOf(root),
  };
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
