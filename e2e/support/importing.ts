/** Brings masks in as a user does, and makes the files to bring in. */
import { expect, type Page } from '@playwright/test';
import { encode } from 'fast-png';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DecodedMap } from './labelMaps';

export type Upload = { name: string; mimeType: string; buffer: Buffer };

/** Chooses files for import and waits for the preview. */
export async function chooseMasks(page: Page, files: string | string[] | Upload[]): Promise<void> {
  await page.getByTestId('pick-masks').setInputFiles(files);
  await expect(preview(page)).toBeVisible();
}

export async function chooseMaskFolder(page: Page, folder: string): Promise<void> {
  await page.getByTestId('pick-mask-folder').setInputFiles(folder);
  await expect(preview(page)).toBeVisible();
}

export function preview(page: Page) {
  return page.getByRole('dialog', { name: /^Import masks from/ });
}

/** Presses the preview's button and waits until the masks are there. */
export async function finishImport(page: Page, masks: number): Promise<void> {
  await preview(page)
    .getByRole('button', { name: `Import ${masks} mask${masks === 1 ? '' : 's'}` })
    .click();
  await expect(preview(page)).toBeHidden();
  await expect(page.getByText(`Imported ${masks} mask`).first()).toBeVisible();
}

export function referencePreview(page: Page) {
  return page.getByRole('dialog', { name: /^Import a reference from/ });
}

/**
 * Chooses files to compare with, and waits for the preview. The tab Compare must be open. `counterparts`: what labels of
 * the files are compared with, by how the preview calls them, where it is not as proposed.
 */
export async function chooseReference(
  page: Page,
  files: Upload | Upload[] | string[],
  counterparts: Record<string, string> = {},
): Promise<void> {
  await page.getByTestId('pick-reference').setInputFiles(files);
  await expect(referencePreview(page)).toBeVisible();
  for (const [label, counterpart] of Object.entries(counterparts)) {
    await referencePreview(page)
      .getByRole('combobox', { name: `What ${label} is compared with` })
      .selectOption(counterpart);
  }
}

/** Presses the preview's button and waits until the reference is there. */
export async function finishReference(page: Page, masks: number): Promise<void> {
  await referencePreview(page)
    .getByRole('button', { name: `Import ${masks} mask${masks === 1 ? '' : 's'} as a reference` })
    .click();
  await expect(referencePreview(page)).toBeHidden();
}

/** Writes files below `root`; names may lead through folders. */
export function writeFiles(root: string, files: Record<string, Uint8Array | string>): string {
  for (const [name, content] of Object.entries(files)) {
    const path = join(root, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
  return root;
}

/** A grey PNG of 8 bits. */
export function greyPng({ width, height }: DecodedMap, greyOf: (pixel: number) => number): Uint8Array {
  const data = Uint8Array.from({ length: width * height }, (_, pixel) => greyOf(pixel));
  return encode({ width, height, data, channels: 1 });
}

/** A colour PNG: colours by number of the label. */
export function colourPng({ width, height, data }: DecodedMap, colours: readonly number[][]): Uint8Array {
  const rgb = new Uint8Array(width * height * 3);
  data.forEach((value, pixel) => rgb.set(colours[value]!, pixel * 3));
  return encode({ width, height, data: rgb, channels: 3 });
}

/** COCO's run lengths of one number of a label map. */
export function cocoCounts({ width, height, data }: DecodedMap, number: number): number[] {
  const counts: number[] = [];
  let run = 0;
  let isInside = false;
  for (let x = 0; x < width; x += 1) {
    for (let y = 0; y < height; y += 1) {
      if ((data[y * width + x] === number) !== isInside) {
        counts.push(run);
        run = 0;
        isInside = !isInside;
      }
      run += 1;
    }
  }
  return [...counts, run];
}

/** COCO's string of run lengths (`rleToString` in maskApi.c). */
export function cocoString(counts: readonly number[]): string {
  let text = '';
  counts.forEach((count, index) => {
    let value = index > 2 ? count - counts[index - 2]! : count;
    for (;;) {
      const bits = value & 31;
      value >>= 5;
      const hasMore = bits & 16 ? value !== -1 : value !== 0;
      text += String.fromCharCode(48 + (hasMore ? bits | 32 : bits));
      if (!hasMore) {
        break;
      }
    }
  });
  return text;
}
