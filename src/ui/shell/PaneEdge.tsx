/** The edge of a pane: dragged or moved by keys to resize it, double-clicked for the size it came with. */
import { useRef, useState, type PointerEvent } from 'react';
import { shellText } from '../text/shellText';
import { keepPaneSize, paneCss, paneLimits, paneVariable, type Pane } from './paneSizes';

type PaneEdgeProps = { readonly pane: Pane };

const keyStepPx = 16;

/** Must be a child of the pane, which has a position. Inside the screen (`.shell`), whose style it changes. */
export function PaneEdge({ pane }: PaneEdgeProps) {
  const edgeRef = useRef<HTMLDivElement>(null);
  const drag = useRef<{ from: number; sizePx: number; request: number; to: number } | null>(null);
  const [shownPx, setShownPx] = useState<number | null>(null);
  const isHorizontal = pane === 'timeline' || pane === 'plots';
  const { leastPx, mostPx } = paneLimits(pane, { width: innerWidth, height: innerHeight });

  function sizeNow(): number {
    const box = edgeRef.current?.parentElement?.getBoundingClientRect();
    return Math.round((isHorizontal ? box?.height : box?.width) ?? leastPx);
  }
  /** Not through React: the whole screen would render anew for each step of a drag. */
  function resize(px: number): number {
    const bounded = Math.min(Math.max(Math.round(px), leastPx), mostPx);
    const shell = edgeRef.current?.closest<HTMLElement>('.shell');
    shell?.style.setProperty(paneVariable(pane), paneCss(pane, bounded));
    return bounded;
  }
  function settle(px: number): void {
    keepPaneSize(pane, px);
    setShownPx(px);
  }
  function reset(): void {
    edgeRef.current?.closest<HTMLElement>('.shell')?.style.removeProperty(paneVariable(pane));
    keepPaneSize(pane, null);
    setShownPx(sizeNow());
  }
  /** The timeline and the inspector grow towards the start of the screen. */
  const along = ({ clientX, clientY }: PointerEvent): number =>
    pane === 'left' ? clientX : isHorizontal ? -clientY : -clientX;
  function end(event: PointerEvent): void {
    const ended = drag.current;
    if (ended) {
      cancelAnimationFrame(ended.request);
      drag.current = null;
      if (along(event) !== ended.from) {
        settle(resize(ended.sizePx + along(event) - ended.from));
      }
    }
  }
  function onKey(key: string): number | null {
    const grow = pane === 'left' ? 'ArrowRight' : isHorizontal ? 'ArrowUp' : 'ArrowLeft';
    const shrink = pane === 'left' ? 'ArrowLeft' : isHorizontal ? 'ArrowDown' : 'ArrowRight';
    const targets: Record<string, number> = {
      [grow]: sizeNow() + keyStepPx,
      [shrink]: sizeNow() - keyStepPx,
      Home: leastPx,
      End: mostPx,
    };
    return targets[key] ?? null;
  }
  return (
    <div
      ref={edgeRef}
      className={`pane-edge is-${pane}`}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- <hr> cannot be moved
      role="separator"
      tabIndex={0}
      aria-orientation={isHorizontal ? 'horizontal' : 'vertical'}
      aria-label={shellText.edges[pane]}
      title={shellText.edgeTip}
      aria-valuemin={leastPx}
      aria-valuemax={mostPx}
      aria-valuenow={shownPx ?? leastPx}
      onFocus={() => setShownPx(sizeNow())}
      onDoubleClick={reset}
      onPointerDown={(event) => {
        if (event.button === 0) {
          event.currentTarget.setPointerCapture(event.pointerId);
          drag.current = { from: along(event), sizePx: sizeNow(), request: 0, to: along(event) };
        }
      }}
      onPointerMove={(event) => {
        const current = drag.current;
        if (current) {
          current.to = along(event);
          current.request ||= requestAnimationFrame(() => {
            current.request = 0;
            resize(current.sizePx + current.to - current.from);
          });
        }
      }}
      onPointerUp={end}
      onPointerCancel={end}
      onKeyDown={(event) => {
        const target = onKey(event.key);
        if (target !== null && !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey) {
          event.preventDefault();
          event.stopPropagation();
          settle(resize(target));
        }
      }}
    />
  );
}
