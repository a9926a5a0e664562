/** Errors meant for the user's eyes: what happened, what is safe, what to do. */

export type ErrorCode =
  | 'footage-empty'
  | 'footage-truncated'
  | 'footage-no-video'
  | 'footage-unknown-format'
  | 'footage-too-small'
  | 'footage-too-large'
  | 'footage-mixed-sizes'
  | 'footage-unreadable'
  | 'footage-decode-failed'
  | 'footage-file-changed'
  | 'model-missing'
  | 'model-corrupt'
  | 'checkpoint-unreadable'
  | 'checkpoint-mismatch'
  | 'checkpoint-download'
  | 'engine-start-failed'
  | 'engine-busy'
  | 'propagation-no-masks'
  | 'propagation-nothing-to-do'
  | 'refinement-nothing-to-do'
  | 'export-nothing'
  | 'export-write-failed'
  | 'measure-nothing'
  | 'import-unreadable'
  | 'import-nothing'
  | 'project-unreadable'
  | 'project-newer'
  | 'project-open-elsewhere'
  | 'storage-full'
  | 'storage-failed'
  | 'cancelled'
  | 'internal';

export type UserMessage = {
  code: ErrorCode;
  /** What happened, naming the file or thing concerned. One sentence. */
  what: string;
  /** What is still safe: one sentence ("What was open stays open."). */
  safe: string;
  /** What the user can do now. One sentence. */
  todo: string;
};

export class UserFacingError extends Error implements UserMessage {
  override name = 'UserFacingError';
  readonly code: ErrorCode;
  readonly what: string;
  readonly safe: string;
  readonly todo: string;

  constructor(message: UserMessage, options?: { cause?: unknown }) {
    super(`${message.what} ${message.safe} ${message.todo}`, options);
    this.code = message.code;
    this.what = message.what;
    this.safe = message.safe;
    this.todo = message.todo;
  }
}

/** The error a cancelled job ends with; callers show nothing for it. */
export function cancelledError(): UserFacingError {
  return new UserFacingError({
    code: 'cancelled',
    what: 'The work was cancelled.',
    safe: 'Everything finished before stays.',
    todo: 'Start it again whenever you like.',
  });
}

export function isCancelled(error: unknown): boolean {
  return error instanceof UserFacingError && error.code === 'cancelled';
}

/** The text of anything thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Turns anything thrown into a message for the user; an unexpected error keeps its own text as the cause. */
export function toUserMessage(error: unknown): UserMessage {
  if (error instanceof UserFacingError) {
    return { code: error.code, what: error.what, safe: error.safe, todo: error.todo };
  }
  return {
    code: 'internal',
    what: `Something went wrong inside Maskflow: ${messageOf(error)}`,
    safe: 'Your labels, prompts and masks are untouched.',
    todo: 'Try the same step again; if it fails again, export your masks, reload the page and report it.',
  };
}
