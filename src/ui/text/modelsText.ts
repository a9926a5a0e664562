/** The words of the models page and of the lists that lead to it. */
export const modelsText = {
  menu: 'Models…',
  menuNote: 'What each is good for, and how to get it from its official file.',
  /** Of a model whose weights are not on this device. */
  get: '{name}: not on this device…',
} as const;
