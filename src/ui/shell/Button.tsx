/** A button with words, which can say why it is not available. */
import { Tooltip } from '@base-ui/react/tooltip';
import { useId, type ComponentProps, type ReactNode } from 'react';

type ButtonProps = Omit<ComponentProps<'button'>, 'disabled'> & {
  look?: 'plain' | 'primary' | 'quiet';
  /** More to say than its name; shown in a tooltip. */
  tip?: string | null;
  hint?: string | null;
  /** Why it cannot be used now; it stays reachable so that the reason can be read. */
  disabledReason?: string | null;
  children?: ReactNode;
};

export function Button(props: ButtonProps) {
  const { look = 'plain', tip, hint, disabledReason, children, className, onClick, ...rest } = props;
  const tipId = useId();
  const words = disabledReason ?? tip ?? null;
  const button = (
    <button
      type="button"
      {...rest}
      className={`button is-${look} ${className ?? ''}`}
      aria-disabled={disabledReason ? true : undefined}
      aria-describedby={words ? tipId : undefined}
      onClick={disabledReason ? undefined : onClick}
    >
      {children}
    </button>
  );
  if (!words && !hint) {
    return button;
  }
  return (
    <Tooltip.Root>
      <Tooltip.Trigger render={button} />
      {words ? (
        <span id={tipId} className="visually-hidden">
          {words}
        </span>
      ) : null}
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
