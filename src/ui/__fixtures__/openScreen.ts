/** The whole screen on the page, with a clip open. */
import { expect } from 'vitest';
import { page } from 'vitest/browser';
import type { MaskflowApp } from '../../app/maskflowApp';
import { mountScreen, openClip } from './screen';

/** Resolves once the clip is on show, with how to take the screen off the page. */
export async function openScreen(
  app: MaskflowApp,
  {
    size = [1280, 800],
    frames,
  }: { readonly size?: readonly [number, number]; readonly frames?: number } = {},
): Promise<() => void> {
  await page.viewport(...size);
  const unmount = mountScreen(app);
  openClip(app.store, frames);
  await expect.element(page.getByRole('slider', { name: 'Playhead' })).toBeVisible();
  return unmount;
}
