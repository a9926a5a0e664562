/** For buttons that are pressed in passing. */
import type { MouseEvent } from 'react';

/** As onMouseDown: a click leaves the focus where it is, so that Space and the arrow keys keep their meaning. */
export function keepFocus(event: MouseEvent): void {
  event.preventDefault();
}
