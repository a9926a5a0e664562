/** A button with words, which can say why it is not available. */
import type { ComponentProps, ReactNode } from 'react';
import { Tip, useTipWords } from './Tip';

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
  const words = disabledReason ?? tip ?? null;
  const hidden = useTipWords(words);
  const button = (
    <button
      type="button"
      {...rest}
      className={`button is-${look} ${className ?? ''}`}
      aria-disabled={disabledReason ? true : undefined}
      aria-describedby={hidden.id}
      onClick={disabledReason ? undefined : onClick}
    >
      {children}
    </button>
  );
  if (!words && !hint) {
    return button;
  }
  return (
    <>
      <Tip words={words} hint={hint}>
        {button}
      </Tip>
      {hidden.element}
    </>
  );
}
