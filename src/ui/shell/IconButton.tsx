/** A button that shows an icon, and its name and key in a tooltip. */
import { Tooltip } from '@base-ui/react/tooltip';
import { useId, type ComponentProps, type ReactNode } from 'react';

type IconButtonProps = Omit<ComponentProps<'button'>, 'aria-label' | 'disabled'> & {
  label: string;
  /** More to say than its name. */
  note?: string | null;
  /** Key or keys, as shown to the user. */
  hint?: string | null;
  /** Why it cannot be used now; it stays reachable so that the reason can be read. */
  disabledReason?: string | null;
  children: ReactNode;
};

export function IconButton(props: IconButtonProps) {
  const { label, note, hint, disabledReason, children, className, onClick, ...rest } = props;
  const noteId = useId();
  return (
    <Tooltip.Root>
      <Tooltip.Trigger
        render={
          <button
            type="button"
            {...rest}
            className={`icon-button ${className ?? ''}`}
            aria-label={disabledReason ? `${label} (${disabledReason})` : label}
            aria-describedby={note ? noteId : undefined}
            aria-disabled={disabledReason ? true : undefined}
            onClick={disabledReason ? undefined : onClick}
          >
            {children}
          </button>
        }
      />
      {note ? (
        <span id={noteId} className="visually-hidden">
          {note}
        </span>
      ) : null}
      <Tooltip.Portal>
        <Tooltip.Positioner className="popup-layer" sideOffset={6}>
          <Tooltip.Popup className="tooltip">
            {label}
            {hint ? <kbd>{hint}</kbd> : null}
            {note ? <div>{note}</div> : null}
            {disabledReason ? <div>{disabledReason}</div> : null}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
