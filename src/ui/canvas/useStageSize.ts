/** The size of an element in CSS pixels, kept up to date. */
import { useLayoutEffect, useState, type RefObject } from 'react';
import type { Size } from '../../core/geometry/box';

/** 0 x 0 until the element has been laid out. */
export function useStageSize(ref: RefObject<HTMLElement | null>, onChange: (size: Size) => void): Size {
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) {
      return undefined;
    }
    const measure = (): void => {
      const next = { width: element.clientWidth, height: element.clientHeight };
      onChange(next);
      setSize((old) => (old.width === next.width && old.height === next.height ? old : next));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref, onChange]);
  return size;
}
