/** What makes an element a handle that stands for a frame: dragged by pointer, moved by keys. */
import { useRef, type KeyboardEvent } from 'react';
import { frameOfKey } from './sliderKeys';
import { useDrag } from './useDrag';

type FrameHandle = {
  /** The frame it stands for at the moment it is asked. */
  readonly frameNow: () => number;
  readonly lastFrame: number;
  readonly pxPerFrame: number;
  readonly onFrame: (frame: number) => void;
};

/** Props for the element. */
export function useFrameHandle({ frameNow, lastFrame, pxPerFrame, onFrame }: FrameHandle) {
  const grabbed = useRef({ frame: 0, clientX: 0 });
  const drag = useDrag({
    onPress: (clientX) => {
      grabbed.current = { frame: frameNow(), clientX };
    },
    onMove: (clientX) => {
      const moved = Math.round((clientX - grabbed.current.clientX) / pxPerFrame);
      onFrame(Math.min(Math.max(grabbed.current.frame + moved, 0), lastFrame));
    },
  });
  function onKeyDown(event: KeyboardEvent): void {
    const target = frameOfKey(event.key, frameNow(), lastFrame);
    if (target !== null && !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey) {
      event.preventDefault();
      // The window listens for the same keys; one press must not move twice.
      event.stopPropagation();
      onFrame(target);
    }
  }
  return { ...drag, onKeyDown };
}
