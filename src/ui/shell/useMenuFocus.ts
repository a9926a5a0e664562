/** Where the focus goes when a menu of the top bar closes. */
import type { Menu } from '@base-ui/react/menu';
import { useRef } from 'react';

/** A click made by a key counts no presses. */
function isByPointer({ event }: Menu.Root.ChangeEventDetails): boolean {
  return event instanceof MouseEvent && (event.type !== 'click' || event.detail > 0);
}

/**
 * A menu opened by keys gives the focus back to its button. One opened by a pointer gives it to the picture, so that
 * Space plays, and does not open the menu again. Spread `root` on Menu.Root and `popup` on Menu.Popup.
 */
export function useMenuFocus() {
  const isPointerOpened = useRef(false);
  return {
    root: {
      onOpenChange: (open: boolean, details: Menu.Root.ChangeEventDetails): void => {
        if (open) {
          isPointerOpened.current = isByPointer(details);
        }
      },
    },
    popup: {
      finalFocus: (): HTMLElement | true =>
        (isPointerOpened.current && document.querySelector<HTMLElement>('[role="application"]')) || true,
    },
  };
}
