/** The unit of lengths: one of the usual ones, or any other word. */
import { useId } from 'react';
import { measureText } from '../text/measureText';

const usualUnits = ['nm', 'µm', 'mm', 'cm', 'm', 'km', 'in'];

type UnitFieldProps = { readonly value: string; readonly onChange: (unit: string) => void };

export function UnitField({ value, onChange }: UnitFieldProps) {
  const id = useId();
  return (
    <span className="number-field">
      <label htmlFor={id}>{measureText.unit}</label>
      <input
        key={value}
        id={id}
        className="field"
        list={`${id}-units`}
        defaultValue={value}
        maxLength={16}
        onBlur={(event) => {
          const unit = event.currentTarget.value.trim();
          if (unit === '') {
            event.currentTarget.value = value;
          } else if (unit !== value) {
            onChange(unit);
          }
        }}
        onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
      />
      <datalist id={`${id}-units`}>
        {usualUnits.map((unit) => (
          <option key={unit} value={unit}>
            {unit}
          </option>
        ))}
      </datalist>
    </span>
  );
}
