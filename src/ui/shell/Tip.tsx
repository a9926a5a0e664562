/** The tooltip of everything that has one: what a control is for, and its keys. */
import { Tooltip } from '@base-ui/react/tooltip';
import { useId, type ReactElement, type ReactNode } from 'react';

type TipProps = {
  readonly words: ReactNode;
  readonly hint?: string | null;
  /** More to say, on lines of their own. */
  readonly notes?: readonly string[];
  readonly side?: 'top' | 'right';
  readonly children: ReactElement;
};

export function Tip({ words, hint, notes = [], side, children }: TipProps) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger render={children} />
      <Tooltip.Portal>
        <Tooltip.Positioner className="popup-layer" sideOffset={6} side={side}>
          <Tooltip.Popup className="tooltip">
            {words}
            {hint ? <kbd>{hint}</kbd> : null}
            {notes.map((note) => (
              <div key={note}>{note}</div>
            ))}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}

/** The words of a tooltip where a screen reader finds them; put the id into aria-describedby. */
export function useTipWords(words: string | null): { id: string | undefined; element: ReactNode } {
  const id = useId();
  return words
    ? {
        id,
        element: (
          <span id={id} className="visually-hidden">
            {words}
          </span>
        ),
      }
    : { id: undefined, element: null };
}
