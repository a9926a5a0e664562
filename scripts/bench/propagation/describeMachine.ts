/** Describes the machine a run was made on. */
import { machineFacts } from '../machineFacts';
import { ONNXRUNTIME_NODE } from './nodeEngine';
import type { BenchResult } from './result';

export function describeMachine(root: string): BenchResult['machine'] {
  return { ...machineFacts(root), onnxruntimeNode: ONNXRUNTIME_NODE.version };
}
