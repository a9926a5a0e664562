/** Describes the machine a run was made on. */
import { execFileSync } from 'node:child_process';
import { cpus, release, totalmem, type as osType } from 'node:os';
import { ONNXRUNTIME_NODE } from './nodeEngine';
import type { BenchResult } from './result';

function commitOf(root: string): string | null {
  try {
    const git = (...args: string[]): string =>
      execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
    return git('rev-parse', '--short', 'HEAD') + (git('status', '--porcelain', 'src') ? ', changed' : '');
  } catch {
    return null;
  }
}

export function describeMachine(root: string): BenchResult['machine'] {
  const processors = cpus();
  return {
    cpuModel: processors[0]?.model.trim() || 'unnamed processor',
    cores: processors.length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${osType()} ${release()}`,
    node: process.versions.node,
    onnxruntimeNode: ONNXRUNTIME_NODE.version,
    commit: commitOf(root),
  };
}
