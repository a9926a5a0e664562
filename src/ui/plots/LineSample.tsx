/** A short piece of a line as it is plotted. */
import type { PlotLine } from './plotModel';

type LineSampleProps = { readonly line: Pick<PlotLine, 'colour' | 'dash'> };

export function LineSample({ line }: LineSampleProps) {
  return (
    <svg className="line-sample" width="24" height="8" aria-hidden="true">
      <path d="M0 4H24" stroke={line.colour} strokeWidth="2.5" strokeDasharray={line.dash.join(' ')} />
    </svg>
  );
}
