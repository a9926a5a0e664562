/** The errors of files that are whole, but not those that a model needs. */
import { UserFacingError } from '../../core/base/errors';
import { mismatchDetails, mismatchSummary, type TensorMatch } from '../../core/checkpoint/matchTensors';

const NOTHING_KEPT = 'Nothing of it was kept, and models that are ready stay so.';

/** `details` says of each tensor what is wrong. */
export class CheckpointMismatchError extends UserFacingError {
  readonly details: readonly string[];

  constructor(what: string, todo: string, details: readonly string[]) {
    super({ code: 'checkpoint-mismatch', what, safe: NOTHING_KEPT, todo });
    this.details = details;
  }
}

export function tensorsDoNotFit(fileName: string, modelName: string, match: TensorMatch): Error {
  return new CheckpointMismatchError(
    `${fileName} does not fit ${modelName}: ${mismatchSummary(match)}.`,
    `Choose the official file of ${modelName} that the models page names.`,
    mismatchDetails(match),
  );
}

export function containerDoesNotFit(fileName: string, modelName: string, container: string): Error {
  return new CheckpointMismatchError(
    `${fileName} is a file of the kind ${container}, and ${modelName} is not read from that kind.`,
    `Choose the official file of ${modelName} that the models page names.`,
    [],
  );
}

export function hashDoesNotFit(fileName: string, sha256: string, expected: string): Error {
  return new CheckpointMismatchError(
    `${fileName} is not the official file of that name: its SHA-256 begins with ${sha256.slice(0, 16)} and not with ${expected.slice(0, 16)}.`,
    'Download it again from the address that the models page names; if it comes out the same, do not trust it.',
    [],
  );
}

export function sizeDoesNotFit(fileName: string, sizeBytes: number, expected: number): Error {
  return new CheckpointMismatchError(
    `${fileName} has ${sizeBytes} bytes, and the official file of that name has ${expected}.`,
    'The download may be incomplete: download it again and choose that.',
    [],
  );
}

/** `name` is the weight's in the file; `why` a clause about it. */
export function weightDoesNotFit(fileName: string, name: string, why: string): Error {
  return new CheckpointMismatchError(
    `${fileName} cannot be used: the weight ${name} ${why}.`,
    'Download the official file again and choose that; a half-precision file may need the fp32 weights.',
    [],
  );
}
