/** A switch with its name, and more to say about it. */
import { Switch } from '@base-ui/react/switch';
import { useId } from 'react';

type SwitchRowProps = {
  readonly label: string;
  readonly tip: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
};

export function SwitchRow({ label, tip, isOn, onChange }: SwitchRowProps) {
  const id = useId();
  return (
    <div className="switch-row" title={tip}>
      <Switch.Root
        className="switch"
        checked={isOn}
        onCheckedChange={(next) => onChange(next)}
        aria-labelledby={`${id}-name`}
        aria-describedby={`${id}-tip`}
      >
        <Switch.Thumb className="switch-thumb" />
      </Switch.Root>
      <span id={`${id}-name`}>{label}</span>
      <span id={`${id}-tip`} className="visually-hidden">
        {tip}
      </span>
    </div>
  );
}
