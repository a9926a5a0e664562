/** A button that shows an icon, and its name and key in a tooltip. */
import { Tooltip } from '@base-ui/react/tooltip';
import type { ComponentProps, ReactNode } from 'react';

type IconButtonProps = Omit<ComponentProps<'button'>, 'aria-label' | 'disabled'> & {
  label: string;
  /** Key or keys, as shown to the user. */
  hint?: string | null;
  /** Why it cannot be used now; it stays reachable so that the reason can be read. */
  disabledReason?: string | null;
  children: ReactNode;
};

export function IconButton(props: IconButtonProps) {
  const { label, hint, disabledReason, children, className, onClick, ...rest } = props;
  return (
    <Tooltip.Root>
      <Tooltip.Trigger
        render={
          <button
            type="button"
            {...rest}
            className={`icon-button ${className ?? ''}`}
            aria-label={disabledReason ? `${label} (${disabledReason})` : label}
            aria-disabled={disabledReason ? true : undefined}
            onClick={disabledReason ? undefined : onClick}
          >
            {children}
          </button>
        }
      />
      <Tooltip.Portal>
        <Tooltip.Positioner className="popup-layer" sideOffset={6}>
          <Tooltip.Popup className="tooltip">
            {label}
            {hint ? <kbd>{hint}</kbd> : null}
            {disabledReason ? <div>{disabledReason}</div> : null}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
