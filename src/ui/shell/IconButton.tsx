/** A button that shows an icon, and its name and key in a tooltip. */
import type { ComponentProps, ReactNode } from 'react';
import { Tip, useTipWords } from './Tip';

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
  const hidden = useTipWords(note ?? null);
  return (
    <>
      <Tip
        words={label}
        hint={hint}
        notes={[note, disabledReason].filter((words) => words !== null && words !== undefined)}
      >
        <button
          type="button"
          {...rest}
          className={`icon-button ${className ?? ''}`}
          aria-label={disabledReason ? `${label} (${disabledReason})` : label}
          aria-describedby={hidden.id}
          aria-disabled={disabledReason ? true : undefined}
          onClick={disabledReason ? undefined : onClick}
        >
          {children}
        </button>
      </Tip>
      {hidden.element}
    </>
  );
}
