/** Why a file cannot be read as a checkpoint; whoever knows the file's name makes a message for the user of it. */

export class CheckpointProblem extends Error {
  override name = 'CheckpointProblem';
}

/** Throws a CheckpointProblem; `why` is a clause such as "its header is cut off". */
export function refuse(why: string): never {
  throw new CheckpointProblem(why);
}

/** Shows text of unknown origin in a message. */
export function quoted(text: string): string {
  const shown = text.length > 80 ? `${text.slice(0, 80)}…` : text;
  // Control characters and those that change the direction of text could make a message say something else.
  return `"${shown.replace(/[\p{Cc}\p{Cf}"]/gu, '?')}"`;
}
