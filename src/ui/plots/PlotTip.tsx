/** The values of the frame under the pointer, and what happened there. */
import { valueText } from '../../core/base/numberText';
import { timestampOfFrame, type FrameTable } from '../../core/video/frameTable';
import { formatClock } from '../timeline/timeFormat';
import { LineSample } from './LineSample';
import { valueAt, type Plot } from './plotModel';
import type { PlotPointer } from './plotPointer';

type PlotTipProps = { readonly pointer: PlotPointer; readonly plot: Plot; readonly table: FrameTable };

export function PlotTip({ pointer, plot, table }: PlotTipProps) {
  const { frame, clientX, clientY } = pointer;
  const events = plot.marks.filter((mark) => mark.frame === frame);
  const isDoubtful = plot.doubtful.some(({ fromFrame, toFrame }) => frame >= fromFrame && frame <= toFrame);
  // Towards the middle of the window, where there is room for it, and above the pointer.
  const isRight = clientX > innerWidth / 2;
  return (
    <div
      className="tooltip plot-tip"
      aria-hidden="true"
      style={{
        left: clientX + (isRight ? -14 : 14),
        top: clientY - 8,
        transform: `translate(${isRight ? '-100%' : '0'}, -100%)`,
      }}
    >
      <div className="plot-tip-words">
        <strong>
          Frame {frame}, {formatClock(timestampOfFrame(table, frame))}
        </strong>
        {plot.lines.map((line) => {
          const [low, high] = [valueAt(line.low, plot, frame), valueAt(line.high, plot, frame)];
          const hasBounds = Number.isFinite(low) && Number.isFinite(high);
          return (
            <span key={line.key} className="plot-tip-line">
              <LineSample line={line} />
              {line.name}: {valueText(valueAt(line.values, plot, frame))} {plot.unit}
              {hasBounds ? ` (${valueText(low)}–${valueText(high)})` : null}
            </span>
          );
        })}
        {events.map(({ text }, place) => (
          <span key={place}>{text}</span>
        ))}
        {isDoubtful ? <span>A mask here is doubtful.</span> : null}
      </div>
    </div>
  );
}
