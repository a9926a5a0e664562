/** The canvas: picture, masks and prompts, with the tool in hand working on them. */
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react';
import type { Size } from '../../core/geometry/box';
import { useApp, useMaskflow } from '../hooks/useMaskflow';
import { useWithoutRender } from '../hooks/useWithoutRender';
import { MeasureOverlaySlot } from '../measure/overlay/MeasureOverlaySlot';
import { PaintOptions } from '../tools/options/PaintOptions';
import { ToolHost } from '../tools/toolHost';
import './canvasStage.css';
import { CompareLayer } from './CompareLayer';
import { DisplayFilter } from './DisplayFilter';
import { FrameLayer } from './FrameLayer';
import { MaskLayer } from './MaskLayer';
import { PaintLayer } from './paint/PaintLayer';
import { OnionLayer } from './OnionLayer';
import { stageDescription, stageHelp } from './stageDescription';
import { StagePointers } from './stagePointers';
import { setStageSize } from './stageView';
import { useCrosshair } from './useCrosshair';
import { useStageSize } from './useStageSize';
import { resolveView } from './viewMath';
import { ZoomControls } from './ZoomControls';

const CompareStage = lazy(() =>
  import('../compare/stage/CompareStage').then((module) => ({ default: module.CompareStage })),
);

// A third of the code that the page begins with: fetched at once, but the first picture does not wait for it.
const loadingPrompts = import('./PromptLayer');
const PromptLayer = lazy(() => loadingPrompts.then((module) => ({ default: module.PromptLayer })));

/** From this scale on the picture is painted as hard-edged pixels, so that single ones can be judged. */
const PIXELATED_FROM_SCALE = 3;

/** Below this scale nearest-pixel sampling would make outlines of uneven width. */
const MAGNIFIED_FROM_SCALE = 2;

/** Fills its parent, which must have a position and a size. */
export function CanvasStage() {
  const { store } = useApp();
  const [host] = useState(() => new ToolHost(store));
  const surfaceRef = useRef<HTMLDivElement>(null);
  const onResize = useCallback((size: Size) => setStageSize(store, size), [store]);
  const stage = useStageSize(surfaceRef, onResize);
  // Every frame that goes by has another description; the picture must not render anew for it.
  useWithoutRender(stageDescription, (description) =>
    surfaceRef.current?.setAttribute('aria-label', description),
  );
  const isComparing = useMaskflow((state) => state.comparedVersionId !== null);
  const isCompareView = useMaskflow((state) => state.comparison.view !== 'normal');
  const hasOnionSkin = useMaskflow((state) => state.overlayStyle.hasOnionSkin);
  const isBusy = useMaskflow((state) => state.predictingFrame !== null);
  const { crosshair, isByKeyboard, handlers } = useCrosshair(store, host);
  useEffect(() => {
    const element = surfaceRef.current;
    if (!element) {
      return undefined;
    }
    const pointers = new StagePointers(element, store, host);
    return () => pointers[Symbol.dispose]();
  }, [store, host]);
  // A view belongs to the picture it was chosen for.
  useEffect(
    () =>
      store.subscribe((state, previous) => {
        if (state.footage?.footageId !== previous.footage?.footageId) {
          state.setViewTransform(null);
        }
      }),
    [store],
  );
  const footage = useMaskflow((state) => state.footage);
  const viewTransform = useMaskflow((state) => state.viewTransform);
  const view = footage && stage.width > 0 ? resolveView(viewTransform, footage, stage) : null;
  return (
    <div className="canvas-stage" data-comparing={isCompareView || undefined}>
      <DisplayFilter />
      {/* Drawing is not a widget that HTML has; `application` lets the arrow keys reach the crosshair. */}
      <div
        ref={surfaceRef}
        className="stage-surface"
        role="application"
        aria-roledescription="canvas"
        aria-busy={isBusy}
        inert={isCompareView}
        aria-describedby="stage-help"
        data-testid="stage"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the crosshair needs the focus
        tabIndex={0}
        data-keyboard={isByKeyboard || undefined}
        {...handlers}
      >
        {footage && view ? (
          <div
            className="stage-picture"
            data-pixelated={view.scale >= PIXELATED_FROM_SCALE || undefined}
            data-magnified={view.scale >= MAGNIFIED_FROM_SCALE || undefined}
            style={{
              transform: `translate(${view.x}px, ${view.y}px)`,
              width: footage.width * view.scale,
              height: footage.height * view.scale,
            }}
          >
            <FrameLayer width={footage.width} height={footage.height} />
            <MaskLayer scale={view.scale} />
            <PaintLayer />
            {hasOnionSkin ? <OnionLayer scale={view.scale} /> : null}
            {isComparing ? <CompareLayer scale={view.scale} /> : null}
          </div>
        ) : null}
        {footage && view ? (
          <Suspense fallback={null}>
            <PromptLayer {...{ stage, view, crosshair }} />
          </Suspense>
        ) : null}
        {footage && view ? <MeasureOverlaySlot picture={footage} {...{ stage, view }} /> : null}
      </div>
      <p id="stage-help" className="visually-hidden">
        {stageHelp}
      </p>
      <output className="visually-hidden">
        {crosshair ? `Crosshair at ${Math.round(crosshair.x)}, ${Math.round(crosshair.y)}` : null}
      </output>
      {footage && view && isCompareView ? (
        <Suspense fallback={null}>
          <CompareStage picture={footage} {...{ stage, view }} />
        </Suspense>
      ) : null}
      {footage && !isCompareView ? <PaintOptions /> : null}
      {footage && view ? <ZoomControls scale={view.scale} isFitted={viewTransform === null} /> : null}
    </div>
  );
}
