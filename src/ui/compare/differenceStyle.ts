/** What the difference view paints by: told apart by brightness and hatching as well as by hue. */

/** None is the colour of a label. The keys in differenceKey.css have the same. */
export const differenceColours = { aOnly: '#d6007f', bOnly: '#33ddff', both: '#ffffff' } as const;

export const DIFFERENCE_ALPHA = 0.9;
/** So faint that the picture can be judged under it. */
export const BOTH_ALPHA = 0.28;
