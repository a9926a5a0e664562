/** The signs of events, as path data around (0, 0), about 10 px across: told apart by shape, not by colour. */
import type { PlotMarkKind } from './plotModel';

export const markShapes: Record<PlotMarkKind, string> = {
  /** A triangle that stands. */
  appear: 'M0 -5L5 4H-5Z',
  /** A triangle on its head. */
  vanish: 'M0 5L5 -4H-5Z',
  /** One becomes two: a stem that forks. */
  split: 'M-1.5 5V0L-5 -3L-3 -5L0 -2L3 -5L5 -3L1.5 0V5Z',
  /** Two become one: a fork that joins. */
  merge: 'M-1.5 -5V0L-5 3L-3 5L0 2L3 5L5 3L1.5 0V-5Z',
};
