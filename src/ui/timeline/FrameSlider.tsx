/** A handle on the timeline that stands for a frame: dragged by pointer, moved by keys, read out by name. */
import { useRef, type ReactNode } from 'react';
import { frameOfKey } from './sliderKeys';
import { useDrag } from './useDrag';

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
  children?: ReactNode;
};

export function FrameSlider(props: FrameSliderProps) {
  const { frame, lastFrame, onFrame, pxPerFrame } = props;
  const grabbed = useRef({ frame, clientX: 0 });
  const drag = useDrag({
    onPress: (clientX) => {
      grabbed.current = { frame, clientX };
    },
    onMove: (clientX) => {
      const moved = Math.round((clientX - grabbed.current.clientX) / pxPerFrame);
      onFrame(Math.min(Math.max(grabbed.current.frame + moved, 0), lastFrame));
    },
  });
  return (
    <div
      {...drag}
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
      onKeyDown={(event) => {
        const target = frameOfKey(event.key, frame, lastFrame);
        if (target !== null && !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey) {
          event.preventDefault();
          // The window listens for the same keys; one press must not move twice.
          event.stopPropagation();
          onFrame(target);
        }
      }}
    >
      {props.children}
    </div>
  );
}
