/** The panes of the screen: resized by keys and by dragging, within bounds, and as they were left at the next visit. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { openScreen } from '../__fixtures__/openScreen';
import { recordingApp } from '../__fixtures__/screen';
import { storedPaneSizes, storedPaneStyle } from './paneSizes';

let unmount: () => void;

beforeEach(async () => {
  unmount = await openScreen(recordingApp());
});

afterEach(() => unmount());

const width = (selector: string): number =>
  Math.round(document.querySelector(selector)?.getBoundingClientRect().width ?? 0);

it('moves an edge by keys, and remembers it', async () => {
  const edge = page.getByRole('separator', { name: 'Width of the inspector' });
  const before = width('.inspector');
  (edge.element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowLeft}{ArrowLeft}');
  expect(width('.inspector')).toBe(before + 32);
  await expect.element(edge).toHaveAttribute('aria-valuenow', String(before + 32));
  expect(storedPaneSizes()).toEqual({ inspector: before + 32 });
  expect(storedPaneStyle()).toHaveProperty('--inspector-size');
  await userEvent.keyboard('{Home}');
  expect(width('.inspector')).toBe(232);
  await edge.dblClick();
  expect(width('.inspector')).toBe(before);
  expect(storedPaneSizes()).toEqual({});
});

it('follows the pointer, and leaves the picture its room', async () => {
  const edge = page.getByRole('separator', { name: 'Width of tools and labels' }).element();
  vi.spyOn(edge, 'setPointerCapture').mockReturnValue(undefined);
  const before = width('.left-panel');
  const send = (type: string, clientX: number): void => {
    edge.dispatchEvent(new PointerEvent(type, { bubbles: true, button: 0, pointerId: 1, clientX }));
  };
  send('pointerdown', before);
  send('pointermove', before + 40);
  await expect.poll(() => width('.left-panel')).toBe(before + 40);
  send('pointerup', before + 4000);
  expect(width('.left-panel')).toBe(Math.round(1280 * 0.34));
  expect(width('.canvas-panel')).toBeGreaterThan(400);
});
