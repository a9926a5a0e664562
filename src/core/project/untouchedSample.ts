/** Whether a kept project is the sample as it comes: nobody misses it. */
import { createLabel } from '../label/label';
import { plainCalibration } from '../measure/calibration';
import type { ProjectDocument } from './projectDocument';

/** True when everything that was done on the sample has been taken back, and it was not given a name. */
export function isUntouchedSample(
  document: Omit<ProjectDocument, 'maskMaps'>,
  { name, maskCount }: { readonly name: string; readonly maskCount: number },
): boolean {
  const { footage, labels, prompts, versions, references = [], range, calibration } = document;
  return (
    footage.source === 'sample' &&
    maskCount === 0 &&
    prompts.length + versions.length + references.length === 0 &&
    isSame(labels, [createLabel([])]) &&
    isSame(calibration ?? plainCalibration, plainCalibration) &&
    range.inFrame === 0 &&
    range.outFrame === footage.frameCount - 1 &&
    name === footage.name.replace(/\.[^.]+$/, '')
  );
}

/** Both are plain data, written by the same code in the same order. */
function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
