/** A place on the canvas that has the picture's size and zoom: the comparing views paint in it. */
import { useRef, type ReactNode } from 'react';
import type { Size } from '../../../core/geometry/box';
import type { ViewTransform } from '../../../state/maskflowState';
import { useReducedMark } from './useReducedMark';

type ComparePictureProps = {
  readonly picture: Size;
  readonly view: ViewTransform;
  readonly children: ReactNode;
};

export function ComparePicture({ picture, view: { scale, x, y }, children }: ComparePictureProps) {
  const ref = useRef<HTMLDivElement>(null);
  useReducedMark(ref);
  const style = {
    transform: `translate(${x}px, ${y}px)`,
    width: picture.width * scale,
    height: picture.height * scale,
  };
  return (
    <div ref={ref} className="stage-picture" style={style}>
      {children}
    </div>
  );
}
