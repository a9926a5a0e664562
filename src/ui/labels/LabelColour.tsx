/** A label's colour, and the picker behind it. */
import type { Label } from '../../core/label/label';
import { useMaskflow } from '../hooks/useMaskflow';

type LabelColourProps = { label: Label };

export function LabelColour({ label }: LabelColourProps) {
  const updateLabel = useMaskflow((state) => state.updateLabel);
  // React's onChange fires all through a drag in the picker; the DOM's change event once at its end, which is one undo.
  function listen(input: HTMLInputElement | null): (() => void) | undefined {
    if (!input) {
      return undefined;
    }
    const apply = (): void => updateLabel(label.objectId, { colour: input.value });
    input.addEventListener('change', apply);
    return () => input.removeEventListener('change', apply);
  }
  return (
    <input
      key={label.colour}
      ref={listen}
      className="label-colour"
      type="color"
      defaultValue={label.colour}
      aria-label={`Colour of ${label.name}`}
      title="Change the colour"
    />
  );
}
