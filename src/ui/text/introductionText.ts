/** The words around the three steps of the first minutes; their sentences are those of the guide. */
export const introductionText = {
  place: '{step}/3',
  placeSpoken: 'Introduction, step {step} of 3:',
  skip: 'Skip the introduction',
  finish: 'Finish the introduction',
  again: 'Show the introduction again',
} as const;
