/** What is told of a file that was not taken. */
import { UserFacingError } from '../../core/base/errors';
import type { GraphManifest } from '../../core/models/graphManifest';
import type { HydrationOutcome } from '../../core/models/hydration';
import { CheckpointMismatchError, instead } from './checkpointMismatch';

/** A download that is another model's is gone, so only a file of the user's can be read where it belongs. */
export function refusalOf(
  error: UserFacingError,
  manifest: GraphManifest,
  from: File | string,
): HydrationOutcome {
  const { code, what, safe, todo } = error;
  const { details, belongsTo } =
    error instanceof CheckpointMismatchError ? error : { details: [], belongsTo: null };
  const isGone = belongsTo !== null && typeof from === 'string';
  const advice = code === 'checkpoint-unreadable' ? instead(manifest) : todo;
  const message = { code, what, safe, todo: advice };
  return { kind: 'refused', message, details, ...(belongsTo && !isGone ? { belongsTo } : {}) };
}

/** Errors of the file itself, which is then refused; others are no fault of it. */
export function isRefusal(error: unknown): error is UserFacingError {
  return (
    error instanceof UserFacingError &&
    (error.code === 'checkpoint-mismatch' || error.code === 'checkpoint-unreadable')
  );
}
