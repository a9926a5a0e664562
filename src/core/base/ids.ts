/** Branded identifiers, so that an object id cannot be handed in where a frame index is meant. */

/** Identifies a label's annotated instance; an integer >= 1 (0 is background, as in DAVIS and SAM 2). */
export type ObjectId = number & { readonly __brand: 'ObjectId' };
export type PromptId = string & { readonly __brand: 'PromptId' };
/** Identifies one opened footage in its worker. */
export type FootageId = string & { readonly __brand: 'FootageId' };
/** Identifies one cancellable call to a worker. */
export type JobId = string & { readonly __brand: 'JobId' };

export function objectId(value: number): ObjectId {
  if (!Number.isInteger(value) || value < 1) {
    throw new TypeError(`an object id is an integer >= 1, got ${value}`);
  }
  return value as ObjectId;
}

let counter = 0;

function nextId(prefix: string): string {
  counter += 1;
  return `${prefix}${counter.toString(36)}`;
}

export function newPromptId(): PromptId {
  return nextId('prompt-') as PromptId;
}

export function newFootageId(): FootageId {
  return nextId('footage-') as FootageId;
}

export function newJobId(): JobId {
  return nextId('job-') as JobId;
}
