/** A number that counts once its field is left or Enter is pressed; what is no number is not taken. */
import { useId, useState, type FocusEvent } from 'react';
import { useMaskflow } from '../hooks/useMaskflow';
import { Tip, useTipWords } from '../shell/Tip';
import { measureText } from '../text/measureText';

type NumberFieldProps = {
  readonly label: string;
  /** Null shows an empty field. */
  readonly value: number | null;
  readonly unit?: string;
  readonly tip?: string;
  readonly placeholder?: string;
  /** Least number that is taken. */
  readonly min?: number;
  /** Whether the least number itself is not taken. */
  readonly isAboveMin?: boolean;
  /** Whether an empty field means something; then it is told as null. */
  readonly canBeEmpty?: boolean;
  readonly hasFocusAtFirst?: boolean;
  readonly onChange: (value: number | null) => void;
};

export function NumberField(props: NumberFieldProps) {
  const { label, value, unit, tip, placeholder, min = -Infinity, isAboveMin = false, onChange } = props;
  const id = useId();
  const footageId = useMaskflow((state) => state.footage?.footageId);
  const hidden = useTipWords(tip ?? null);
  const shown = value === null ? '' : String(Math.round(value * 1e6) / 1e6);
  const [problem, setProblem] = useState<string | null>(null);
  function take(event: FocusEvent<HTMLInputElement>): void {
    const field = event.currentTarget;
    const next = field.valueAsNumber;
    setProblem(null);
    if (field.value === '' && props.canBeEmpty) {
      onChange(null);
    } else if (Number.isFinite(next) && next >= min && !(isAboveMin && next <= min)) {
      if (field.value !== shown) {
        onChange(next);
      }
    } else {
      // An empty field that stays empty needs no words.
      if (field.value !== shown || field.validity.badInput) {
        setProblem(problemOf(min, isAboveMin, shown));
      }
      field.value = shown;
    }
  }
  const field = (
    <span className="number-field">
      <label htmlFor={id}>{label}</label>
      <input
        // What is typed belongs to the value that was there: another value is another field.
        key={`${footageId} ${shown}`}
        id={id}
        className="field"
        type="number"
        step="any"
        defaultValue={shown}
        placeholder={placeholder}
        aria-label={unit ? `${label}, ${unit}` : label}
        aria-describedby={hidden.id}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the line that was just drawn asks for its length
        autoFocus={props.hasFocusAtFirst}
        onBlur={take}
        onInput={() => setProblem(null)}
        onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
      />
      {unit ? <span className="muted">{unit}</span> : null}
      <output className="number-problem" htmlFor={id}>
        {problem}
      </output>
    </span>
  );
  return tip ? (
    <>
      <Tip words={tip}>{field}</Tip>
      {hidden.element}
    </>
  ) : (
    field
  );
}

/** Why what was typed is not there any more. */
function problemOf(min: number, isAboveMin: boolean, shown: string): string {
  const wanted =
    min === -Infinity
      ? measureText.mustBeNumber
      : (isAboveMin ? measureText.mustBeAbove : measureText.mustBeAtLeast).replace('{min}', String(min));
  return shown === '' ? wanted : `${wanted} ${measureText.stays.replace('{value}', shown)}`;
}
