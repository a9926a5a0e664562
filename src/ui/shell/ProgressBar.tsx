/** A bar for work in progress, of known or unknown length. */
import { Progress } from '@base-ui/react/progress';

type ProgressBarProps = {
  /** What is in progress, for assistive technology. */
  label: string;
  /** 0..1, or null when unknown. */
  fraction: number | null;
  className?: string;
};

export function ProgressBar({ label, fraction, className }: ProgressBarProps) {
  return (
    <Progress.Root
      className={className}
      value={fraction === null ? null : Math.round(fraction * 100)}
      aria-label={label}
    >
      <Progress.Track className="progress-track">
        <Progress.Indicator className="progress-fill" />
      </Progress.Track>
    </Progress.Root>
  );
}
