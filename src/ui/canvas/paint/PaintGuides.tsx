/** What follows the pointer of a painting tool: the brush's true size, and the outline of a shape being drawn. */
import type Konva from 'konva';
import { memo, useEffect, useRef } from 'react';
import { Circle, Layer, Line } from 'react-konva';
import type { ViewTransform } from '../../../state/maskflowState';
import { useApp } from '../../hooks/useMaskflow';
import { DARK, LIGHT } from '../promptStyle';
import { GuidePen } from './guidePen';

type PaintGuidesProps = { readonly view: ViewTransform };

/** A fitted view is worked out anew for every frame, but seldom another one. */
function hasSameView({ view: a }: PaintGuidesProps, { view: b }: PaintGuidesProps): boolean {
  return a.scale === b.scale && a.x === b.x && a.y === b.y;
}

/** Moves without React: the pointer moves more often than anything renders. */
export const PaintGuides = memo(function PaintGuides({ view }: PaintGuidesProps) {
  const { store } = useApp();
  const rims = useRef<(Konva.Circle | null)[]>([]);
  const lines = useRef<(Konva.Line | null)[]>([]);
  const first = useRef<Konva.Circle>(null);
  const penRef = useRef<GuidePen>(null);
  useEffect(() => {
    const present = <T,>(nodes: readonly (T | null)[]): T[] => nodes.filter((node) => node !== null);
    const pen = new GuidePen(store, {
      rims: present(rims.current),
      lines: present(lines.current),
      first: present([first.current]),
    });
    penRef.current = pen;
    return () => pen[Symbol.dispose]();
  }, [store]);
  useEffect(() => penRef.current?.setView(view), [view]);
  return (
    <Layer listening={false}>
      {[
        { stroke: DARK, strokeWidth: 3 },
        { stroke: LIGHT, strokeWidth: 1.25 },
      ].map((look, place) => (
        <Circle
          key={look.stroke}
          ref={(node) => {
            rims.current[place] = node;
          }}
          visible={false}
          opacity={0.85}
          {...look}
        />
      ))}
      {[
        { stroke: DARK, strokeWidth: 4 },
        { stroke: LIGHT, strokeWidth: 2, dash: [6, 4] },
      ].map((look, place) => (
        <Line
          key={look.stroke}
          ref={(node) => {
            lines.current[place] = node;
          }}
          visible={false}
          lineJoin="round"
          {...look}
        />
      ))}
      <Circle ref={first} visible={false} radius={6} fill={LIGHT} stroke={DARK} strokeWidth={2} />
    </Layer>
  );
}, hasSameView);
