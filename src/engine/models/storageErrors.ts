/** Errors of having no room for weights, and the check that there is enough. */
import { UserFacingError } from '../../core/base/errors';
import { bytesText } from '../../core/base/numberText';

const SAFE = 'Models that are ready stay so, and your projects are untouched.';

/** Rejects with a UserFacingError `storage-full` when the browser would not give so much. */
export async function checkRoom(what: string, neededBytes: number): Promise<void> {
  const { quota = 0, usage = 0 } = await navigator.storage.estimate();
  const free = Math.max(0, quota - usage);
  if (quota > 0 && neededBytes > free) {
    throw new UserFacingError({
      code: 'storage-full',
      what: `${what} needs ${bytesText(neededBytes)}, and the browser has room for ${bytesText(free)} more.`,
      safe: SAFE,
      todo: 'Remove models or delete projects that you no longer need, or make room on the disk, then try again.',
    });
  }
}

export function storageFull(what: string, cause: unknown): UserFacingError {
  return new UserFacingError(
    {
      code: 'storage-full',
      what: `The room that the browser has for Maskflow became full while ${what} was written.`,
      safe: SAFE,
      todo: 'Remove models or delete projects that you no longer need, or make room on the disk, then try again.',
    },
    { cause },
  );
}

export function noStorage(): UserFacingError {
  return new UserFacingError({
    code: 'storage-failed',
    what: 'This window has no room on the disk for weights of models, as private windows often have none.',
    safe: 'MobileSAM, which comes with Maskflow, works without.',
    todo: 'Open Maskflow in an ordinary window.',
  });
}

/** Some browsers say it in the name, some only in the words. */
export function isQuotaExceeded(error: unknown): boolean {
  return (
    error instanceof Error &&
    (error.name === 'QuotaExceededError' || /quota|no space|storage is full/i.test(error.message))
  );
}
