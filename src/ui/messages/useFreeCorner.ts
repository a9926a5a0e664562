/** Keeps the messages in a corner of the canvas in which they cover no prompts. */
import { useEffect, type RefObject } from 'react';
import type { Box, Point } from '../../core/geometry/box';
import type { Prompt } from '../../core/prompt/prompt';
import type { MaskflowStore } from '../../state/store';
import { stageView } from '../canvas/stageView';
import { sourceToStage } from '../canvas/viewMath';
import { useApp } from '../hooks/useMaskflow';
import { freeCorner, isUpperEdgeFree, type Corner } from './freeCorner';

const MARGIN_PX = 12;
/** In a smaller canvas two messages would cover too much of the picture. */
const ROOMY_PX = { width: 720, height: 480 };
/** Zoom buttons and scale bar lie under the messages. */
const FOOT_PX = 56;

/** Where a prompt can be grabbed, in source pixels. */
function gripsOf(prompt: Prompt): Point[] {
  switch (prompt.kind) {
    case 'point':
    case 'sharedPoint':
      return [prompt.point];
    case 'box': {
      const [x0, y0, x1, y1] = prompt.box;
      return [x0, (x0 + x1) / 2, x1].flatMap((x) => [y0, (y0 + y1) / 2, y1].map((y) => ({ x, y })));
    }
    case 'mask':
      return [];
  }
}

function gripsOnStage(store: MaskflowStore): Point[] {
  const current = stageView(store);
  const { prompts, currentFrame } = store.getState();
  return current
    ? prompts
        .filter(({ frameIndex }) => frameIndex === currentFrame)
        .flatMap(gripsOf)
        .map((point) => sourceToStage(current.view, point))
    : [];
}

function placesOf(box: HTMLElement, canvas: HTMLElement, hasTop: boolean): Partial<Record<Corner, Box>> {
  const { offsetWidth: width, offsetHeight: height } = box;
  const left = MARGIN_PX;
  const right = canvas.clientWidth - MARGIN_PX - width;
  const bottom = canvas.clientHeight - FOOT_PX - height;
  const at = (x: number, y: number): Box => [x, y, x + width, y + height];
  return {
    bottomLeft: at(left, bottom),
    bottomRight: at(right, bottom),
    ...(hasTop ? { topLeft: at(left, MARGIN_PX), topRight: at(right, MARGIN_PX) } : {}),
  };
}

/** While frames go by, and while nothing is told, messages stay where they are. */
export function useFreeCorner(ref: RefObject<HTMLElement | null>): void {
  const { store } = useApp();
  useEffect(() => {
    const box = ref.current;
    const canvas = box?.parentElement;
    if (!box || !canvas) {
      return undefined;
    }
    const place = (): void => {
      const { clientWidth, clientHeight } = canvas;
      box.toggleAttribute('data-tight', clientWidth < ROOMY_PX.width || clientHeight < ROOMY_PX.height);
      if (box.offsetHeight > 0) {
        const places = placesOf(box, canvas, isUpperEdgeFree(store.getState()));
        box.dataset['corner'] = freeCorner(places, gripsOnStage(store));
      }
    };
    const sizes = new ResizeObserver(place);
    sizes.observe(box);
    sizes.observe(canvas);
    const unsubscribe = store.subscribe((state, previous) => {
      const isElsewhere = state.currentFrame !== previous.currentFrame && !state.isPlaying;
      if (
        isElsewhere ||
        state.prompts !== previous.prompts ||
        state.viewTransform !== previous.viewTransform ||
        state.tool !== previous.tool ||
        state.comparison.view !== previous.comparison.view
      ) {
        place();
      }
    });
    return () => {
      unsubscribe();
      sizes.disconnect();
    };
  }, [ref, store]);
}
