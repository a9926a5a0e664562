/** Messages to the user: errors in three parts, and short notices. */
import type { StateCreator } from 'zustand/vanilla';
import type { MaskflowState, Message, MessageSlice } from '../maskflowState';

let lastId = 0;

export const createMessageSlice: StateCreator<MaskflowState, [], [], MessageSlice> = (set) => ({
  messages: [],
  showError: (message) => {
    lastId += 1;
    const entry: Message = { id: lastId, kind: 'error', message };
    set(({ messages }) => ({ messages: [...messages, entry] }));
  },
  showNotice: (text) => {
    lastId += 1;
    const entry: Message = { id: lastId, kind: 'notice', text };
    set(({ messages }) => ({ messages: [...messages, entry] }));
  },
  dismissMessage: (id) => set(({ messages }) => ({ messages: messages.filter((entry) => entry.id !== id) })),
});
