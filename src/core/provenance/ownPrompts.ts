/** Which labels' own prompts a change of a frame's prompts touches; shared points belong to none. */
import type { ObjectId } from '../base/ids';
import type { LoggedPrompt } from './log';

export function labelsWithOtherPrompts(
  before: readonly LoggedPrompt[],
  after: readonly LoggedPrompt[],
): ObjectId[] {
  const ids = new Set(
    [...before, ...after].flatMap((prompt) => (prompt.kind === 'sharedPoint' ? [] : [prompt.objectId])),
  );
  return [...ids].filter((objectId) => ownPrompts(before, objectId) !== ownPrompts(after, objectId));
}

function ownPrompts(list: readonly LoggedPrompt[], objectId: ObjectId): string {
  return JSON.stringify(
    list.filter((prompt) => prompt.kind !== 'sharedPoint' && prompt.objectId === objectId),
  );
}
