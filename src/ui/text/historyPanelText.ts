/** The words of the history panel. */
export const historyPanelText = {
  title: 'History',
  tip: 'Every step that can be taken back or made again. Click one to go there.',
  start: 'Start',
  earliest: 'Earlier steps are no longer kept',
  empty: 'Nothing done yet.',
  redo: 'taken back',
} as const;
