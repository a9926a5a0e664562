/** What the user reads when an export cannot be made. */
import { messageOf, UserFacingError } from '../core/base/errors';

export function nothingToExport(why: string): UserFacingError {
  return new UserFacingError({
    code: 'export-nothing',
    what: `There is nothing to export: ${why}.`,
    safe: 'Your labels, prompts and masks are untouched.',
    todo: 'Draw a mask for at least one object label inside the chosen range, then export again.',
  });
}

function reason(cause: unknown): { why: string; todo: string } {
  const name = cause instanceof Error || cause instanceof DOMException ? cause.name : '';
  switch (name) {
    case 'QuotaExceededError':
      return {
        why: 'the disk, or the share of it that the browser may use, is full',
        todo: 'Free some disk space, or export a shorter range, then export again.',
      };
    case 'NotAllowedError':
    case 'SecurityError':
      return {
        why: 'the browser does not have permission to write there',
        todo: 'Export again and allow writing when the browser asks, or choose another folder or the ZIP file.',
      };
    case 'NotFoundError':
      return {
        why: 'the folder is no longer there',
        todo: 'Choose a folder that exists, or export as a ZIP file.',
      };
    case 'NoModificationAllowedError':
    case 'InvalidStateError':
    case 'TypeMismatchError':
      return {
        why: 'something of that name is in the way or is open in another program',
        todo: 'Close programs that use the folder or choose an empty one, then export again.',
      };
    default:
      return {
        why: messageOf(cause),
        todo: 'Try again, or choose another folder or the ZIP file.',
      };
  }
}

/** A failed write of `fileName`; `safe` says what of this export is usable. An error meant for the user passes. */
export function writeFailed(fileName: string, safe: string, cause: unknown): UserFacingError {
  if (cause instanceof UserFacingError) {
    return cause;
  }
  const { why, todo } = reason(cause);
  return new UserFacingError(
    { code: 'export-write-failed', what: `"${fileName}" could not be written: ${why}.`, safe, todo },
    { cause },
  );
}
