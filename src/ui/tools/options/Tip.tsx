/** A tooltip for a control that is not a button: what it is for, and its keys. */
import { Tooltip } from '@base-ui/react/tooltip';
import type { ReactElement } from 'react';

type TipProps = { readonly words: string; readonly hint?: string; readonly children: ReactElement };

export function Tip({ words, hint, children }: TipProps) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger render={children} />
      <Tooltip.Portal>
        <Tooltip.Positioner className="popup-layer" sideOffset={6}>
          <Tooltip.Popup className="tooltip">
            {words}
            {hint ? <kbd>{hint}</kbd> : null}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
