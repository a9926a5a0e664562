/** A stage on a page for the browser tests: a real store, real layers, events as a browser sends them. */
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import type { FramePainter, MaskflowApp } from '../../../app/maskflowApp';
import type { Box, Point, Size } from '../../../core/geometry/box';
import { encodeRle, rleArea, rleBox } from '../../../core/mask/rle';
import type { FrameMask } from '../../../core/track/maskTrack';
import { createMaskflowStore } from '../../../state/store';
import { AppContext } from '../../hooks/useMaskflow';
import { ShortcutSheet } from '../../keys/ShortcutSheet';
import { useShortcuts } from '../../keys/useShortcuts';
import { ToolBar } from '../../tools/ToolBar';
import { testFootage } from '../../tools/testing/toolBench';
import { CanvasStage } from '../CanvasStage';
import { sourceToStage, stageToSource } from '../viewMath';
import { seenSize, stageView } from '../stageView';

export const WIDTH = 320;
export const HEIGHT = 180;

type Harness = { app: MaskflowApp; calls: string[]; root: Root; sheetRequests: () => number };
let harness: Harness;
let painter: FramePainter = () => {};

/** Names of the application's methods called so far. */
export function appCalls(): readonly string[] {
  return harness.calls;
}

/** How often the list of keys was asked for. */
export function sheetRequests(): number {
  return harness.sheetRequests();
}

/** A picture whose left half is red and right half is blue. */
async function testBitmap(): Promise<ImageBitmap> {
  const canvas = new OffscreenCanvas(WIDTH, HEIGHT);
  const context = canvas.getContext('2d');
  if (context) {
    context.fillStyle = '#ff0000';
    context.fillRect(0, 0, WIDTH / 2, HEIGHT);
    context.fillStyle = '#0000ff';
    context.fillRect(WIDTH / 2, 0, WIDTH / 2, HEIGHT);
  }
  return createImageBitmap(canvas);
}

/** Shows a frame as the feed does: a picture of one colour, then its number. */
function paint(frameIndex: number, colour: string, { width, height }: Size): void {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (context) {
    context.fillStyle = colour;
    context.fillRect(0, 0, width, height);
  }
  const bitmap = canvas.transferToImageBitmap();
  painter(bitmap, frameIndex);
  state().setShownFrame(frameIndex, width < WIDTH);
  bitmap.close();
}

/** A frame that goes by, with as many pixels as are seen. */
export function paintReduced(frameIndex: number, colour: string): void {
  const seen = seenSize(harness.app.store);
  if (!seen) {
    throw new Error('all pixels of the picture are seen');
  }
  paint(frameIndex, colour, seen);
}

export function paintWhole(frameIndex: number): void {
  paint(frameIndex, 'black', { width: WIDTH, height: HEIGHT });
}

function Screen({ onSheet }: { onSheet: () => void }) {
  useShortcuts({ openSheet: onSheet });
  return (
    <>
      <input aria-label="a field" />
      <ToolBar />
      <div style={{ position: 'relative', width: 700, height: 420 }}>
        <CanvasStage />
      </div>
      <ShortcutSheet open={false} onOpenChange={() => {}} />
    </>
  );
}

/** Mounts stage, toolbar and keys with a real store and an application that only writes down what it was asked. */
export async function mountStage(): Promise<void> {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  const store = createMaskflowStore();
  const bitmap = await testBitmap();
  const calls: string[] = [];
  const app = new Proxy({ store } as MaskflowApp, {
    get: (_target, name) => {
      switch (name) {
        case 'store':
          return store;
        case 'attachPainter':
          return (given: FramePainter) => {
            painter = given;
            given(bitmap, 0);
            store.getState().setShownFrame(0);
            return () => {};
          };
        default:
          return () => {
            calls.push(String(name));
            return Promise.resolve();
          };
      }
    },
  });
  store.getState().replaceFootage(testFootage(WIDTH, HEIGHT));
  let sheets = 0;
  const holder = document.createElement('div');
  document.body.append(holder);
  const root = createRoot(holder);
  await act(async () =>
    root.render(
      <AppContext value={app}>
        <Screen onSheet={() => (sheets += 1)} />
      </AppContext>,
    ),
  );
  harness = { app, calls, root, sheetRequests: () => sheets };
}

export async function unmountStage(): Promise<void> {
  await act(async () => harness.root.unmount());
  document.body.replaceChildren();
}

export function element<T extends Element = HTMLElement>(selector: string): T {
  const found = document.querySelector<T>(selector);
  if (!found) {
    throw new Error(`nothing matches ${selector}`);
  }
  return found;
}

export function state() {
  return harness.app.store.getState();
}

export function boxes(): Box[] {
  return state().prompts.flatMap((prompt) => (prompt.kind === 'box' ? [prompt.box] : []));
}

export function clientPoint(x: number, y: number): { clientX: number; clientY: number } {
  const current = stageView(harness.app.store);
  const rect = element('[data-testid="stage"]').getBoundingClientRect();
  const at = current ? sourceToStage(current.view, { x, y }) : { x: 0, y: 0 };
  return { clientX: rect.left + at.x, clientY: rect.top + at.y };
}

export function sourcePoint({ clientX, clientY }: { clientX: number; clientY: number }): Point {
  const current = stageView(harness.app.store);
  const rect = element('[data-testid="stage"]').getBoundingClientRect();
  const at = { x: clientX - rect.left, y: clientY - rect.top };
  return current ? stageToSource(current.view, at) : at;
}

export type PointerChange = Partial<PointerEventInit>;

export async function point(type: string, x: number, y: number, change: PointerChange = {}): Promise<void> {
  const init = { ...clientPoint(x, y), bubbles: true, cancelable: true, pointerId: 1, ...change };
  await act(async () => {
    element('[data-testid="stage"]').dispatchEvent(
      new PointerEvent(type, { pointerType: 'mouse', isPrimary: true, ...init }),
    );
  });
}

export async function nextFrame(): Promise<void> {
  await act(() => new Promise<void>((resolve) => requestAnimationFrame(() => resolve())));
}

export async function drag(
  from: readonly [number, number],
  to: readonly [number, number],
  change: PointerChange = {},
): Promise<void> {
  await point('pointerdown', ...from, change);
  await point('pointermove', (from[0] + to[0]) / 2, (from[1] + to[1]) / 2, change);
  await nextFrame();
  await point('pointermove', ...to, change);
  await nextFrame();
  await point('pointerup', ...to, change);
}

export async function click(x: number, y: number, change: PointerChange = {}): Promise<void> {
  await point('pointerdown', x, y, change);
  await point('pointerup', x, y, change);
}

export async function key(
  name: string,
  init: KeyboardEventInit = {},
  target: EventTarget = document.body,
): Promise<void> {
  const code = /^[a-z]$/i.test(name) ? `Key${name.toUpperCase()}` : name === ' ' ? 'Space' : name;
  const all = { key: name, code, bubbles: true, cancelable: true, ...init };
  await act(async () => {
    target.dispatchEvent(new KeyboardEvent('keydown', all));
    target.dispatchEvent(new KeyboardEvent('keyup', all));
  });
}

export function pixel(selector: string, x: number, y: number): number[] {
  const context = element<HTMLCanvasElement>(selector).getContext('2d');
  return [...(context?.getImageData(x, y, 1, 1).data ?? [])];
}

export function rectangleMask([x0, y0, x1, y1]: Box): FrameMask {
  const data = new Uint8Array(WIDTH * HEIGHT);
  for (let y = y0; y < y1; y += 1) {
    data.fill(1, y * WIDTH + x0, y * WIDTH + x1);
  }
  const rle = encodeRle({ width: WIDTH, height: HEIGHT, data });
  return { rle, box: rleBox(rle), areaPx: rleArea(rle), predictedIou: 0.9 };
}
