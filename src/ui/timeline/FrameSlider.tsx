/** A handle on the timeline that stands for a frame: dragged by pointer, moved by keys, read out by name. */
import { useFrameHandle } from './useFrameHandle';

type FrameSliderProps = {
  className: string;
  label: string;
  frame: number;
  lastFrame: number;
  valueText: string;
  /** Where its middle is, in px from the left of the timeline. */
  px: number;
  pxPerFrame: number;
  onFrame: (frame: number) => void;
};

export function FrameSlider(props: FrameSliderProps) {
  const { frame, lastFrame, onFrame, pxPerFrame } = props;
  const handle = useFrameHandle({ frameNow: () => frame, lastFrame, pxPerFrame, onFrame });
  return (
    <div
      {...handle}
      className={props.className}
      style={{ transform: `translateX(${props.px}px)` }}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- two of these share one track with the playhead
      role="slider"
      tabIndex={0}
      aria-label={props.label}
      aria-valuemin={0}
      aria-valuemax={lastFrame}
      aria-valuenow={frame}
      aria-valuetext={props.valueText}
    />
  );
}
