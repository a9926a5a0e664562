/** The words of the Compare tab. */
export const compareTabText = {
  what: 'Versions of the masks can be compared with those of now: open “Versions” in the Masks tab and choose Compare.',
} as const;
