/** Tells the user which dropped entries could not be read. */
import type { UserMessage } from '../../core/base/errors';

const namedAtMost = 3;

export function unreadableMessage(paths: readonly string[], readCount: number): UserMessage {
  const named = paths.slice(0, namedAtMost).join(', ');
  const more = paths.length > namedAtMost ? ` and ${paths.length - namedAtMost} more` : '';
  return {
    code: 'footage-unreadable',
    what: `The browser could not read ${named}${more}.`,
    safe:
      readCount > 0
        ? `The other ${readCount} dropped ${readCount === 1 ? 'file is' : 'files are'} being opened without it.`
        : 'What was open stays open.',
    todo: 'Check that the file still exists and that you may read it, then drop it again.',
  };
}
