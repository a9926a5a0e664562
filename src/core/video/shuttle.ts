/** How fast J, K and L play: each press of the same key doubles the speed, the other one turns it about. */

const MAX_SPEED = 8;

/**
 * The speed after a press of L (`1`) or J (`-1`). `current` is the signed speed now, 0 while nothing plays. A press
 * against the direction starts anew at single speed the other way.
 */
export function shuttledSpeed(current: number, direction: 1 | -1): number {
  const isSameWay = Math.sign(current) === direction;
  return isSameWay ? direction * Math.min(Math.abs(current) * 2, MAX_SPEED) : direction;
}
