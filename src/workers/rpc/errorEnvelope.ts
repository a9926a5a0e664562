/** Carries errors across threads without losing what the user should read, nor the kind of the others. */
import { transferHandlers, type TransferHandler } from 'comlink';
import { UserFacingError, type UserMessage } from '../../core/base/errors';

export type SerializedError =
  { kind: 'user'; message: UserMessage } | { kind: 'error'; name: string; message: string; stack?: string };

type Thrown = { value: unknown };

export function serializeError(value: unknown): SerializedError {
  if (value instanceof UserFacingError) {
    const { code, what, safe, todo } = value;
    return { kind: 'user', message: { code, what, safe, todo } };
  }
  if (value instanceof Error) {
    return { kind: 'error', name: value.name, message: value.message, stack: value.stack };
  }
  return { kind: 'error', name: 'Error', message: String(value) };
}

export function reviveError(serialized: SerializedError): Error {
  if (serialized.kind === 'user') {
    return new UserFacingError(serialized.message);
  }
  const error = new Error(serialized.message);
  error.name = serialized.name;
  error.stack = serialized.stack ?? error.stack;
  return error;
}

/**
 * Replaces Comlink's own handler for thrown values, which keeps only name, message and stack. Both sides of every
 * channel must call this before the first message.
 */
export function installErrorEnvelope(): void {
  const original = transferHandlers.get('throw') as TransferHandler<Thrown, unknown> | undefined;
  if (!original) {
    throw new Error('Comlink has no throw handler; its version changed');
  }
  transferHandlers.set('throw', {
    canHandle: original.canHandle,
    serialize: ({ value }: Thrown) => [serializeError(value), []],
    deserialize: (serialized: SerializedError) => {
      throw reviveError(serialized);
    },
  } as TransferHandler<Thrown, SerializedError>);
}
