/** Messages to the user: errors in three parts, and short notices. */
import type { StateCreator } from 'zustand/vanilla';
import type { UserMessage } from '../../core/base/errors';
import type { LoggedMessage, MaskflowState, Message, MessageSlice } from '../maskflowState';

let lastId = 0;

/** More than anyone reads again. */
const MAX_LOGGED = 60;

/** One trouble is told once: scrubbing over a damaged stretch must not pile up a card for each frame. */
function isSameTrouble(old: Message, message: UserMessage): boolean {
  return old.kind === 'error' && old.message.code === message.code;
}

function logged(log: readonly LoggedMessage[], message: Message): readonly LoggedMessage[] {
  return [...log, { message, atMs: Date.now() }].slice(-MAX_LOGGED);
}

/** Resolves the promise of the question on show; a function does not belong into the state. */
let settle: ((isConfirmed: boolean) => void) | null = null;

export const createMessageSlice: StateCreator<MaskflowState, [], [], MessageSlice> = (set) => ({
  messages: [],
  messageLog: [],
  confirmation: null,
  ask: (confirmation) => {
    settle?.(false);
    set({ confirmation });
    return new Promise((resolve) => {
      settle = resolve;
    });
  },
  answer: (isConfirmed) => {
    set({ confirmation: null });
    settle?.(isConfirmed);
    settle = null;
  },
  showError: (message) => {
    lastId += 1;
    const entry: Message = { id: lastId, kind: 'error', message };
    set(({ messages, messageLog }) => ({
      messages: [...messages.filter((old) => !isSameTrouble(old, message)), entry],
      messageLog: logged(messageLog, entry),
    }));
  },
  showNotice: (text) => {
    lastId += 1;
    const entry: Message = { id: lastId, kind: 'notice', text };
    set(({ messages, messageLog }) => ({
      messages: [...messages, entry],
      messageLog: logged(messageLog, entry),
    }));
  },
  dismissMessage: (id) => set(({ messages }) => ({ messages: messages.filter((entry) => entry.id !== id) })),
});
