/** A slider with its name before it and its value behind it. */
import type { PointerEventHandler } from 'react';

type SliderRowProps = {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** The value as shown. */
  readonly text: string;
  /** The value as read out; as shown where left out. */
  readonly spoken?: string;
  readonly tip?: string;
  readonly isDisabled?: boolean;
  readonly onChange: (value: number) => void;
  readonly onPointerDown?: PointerEventHandler;
};

export function SliderRow(props: SliderRowProps) {
  const { label, value, min, max, step, text, spoken = text, tip, isDisabled, onChange } = props;
  return (
    <label className="slider-row" title={tip}>
      <span className="slider-name">{label}</span>
      <input
        type="range"
        min={min}
        max={max}
        step={step}
        value={value}
        disabled={isDisabled}
        aria-valuetext={spoken}
        onPointerDown={props.onPointerDown}
        onChange={(event) => onChange(Number(event.currentTarget.value))}
      />
      <output>{text}</output>
    </label>
  );
}
