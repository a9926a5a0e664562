/** A whole number of pixels or frames, typed or stepped; what is no number is not taken. */
import { useState } from 'react';

type PixelFieldProps = {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly unit?: string;
  readonly onChange: (value: number) => void;
  readonly onBlur?: () => void;
};

export function PixelField(props: PixelFieldProps) {
  const { label, value, min, max, unit = 'px', onChange, onBlur } = props;
  // What is being typed: an empty field on the way to another number must stay empty.
  const [draft, setDraft] = useState<string | null>(null);
  return (
    <span className="pixel-field">
      <input
        className="field"
        type="number"
        aria-label={`${label}, ${unit}`}
        min={min}
        max={max}
        step={1}
        value={draft ?? value}
        onChange={(event) => {
          const next = event.currentTarget.valueAsNumber;
          setDraft(event.currentTarget.value);
          if (Number.isFinite(next)) {
            onChange(Math.min(Math.max(Math.round(next), min), max));
          }
        }}
        onBlur={() => {
          setDraft(null);
          onBlur?.();
        }}
      />
      <span className="muted">{unit}</span>
    </span>
  );
}
