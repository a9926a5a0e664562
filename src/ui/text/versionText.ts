/** The words of versions and annotated masks, which versions do not change. */
export const versionText = {
  asNow: 'As now',
  asNowButCompetitors: 'As now, but for competitors',
  annotatedAlone: 'it is annotated now, and stays',
  allAnnotated: 'all of them annotated now, which stay',
  /** {count} stands for a number of frames. */
  someAnnotated: '{count} of them annotated now, which stay',
  onlyAnnotated: 'All that differs is annotated now, and annotated masks stay.',
} as const;
