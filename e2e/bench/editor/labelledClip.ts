/** Gives every frame of the open clip masks of eight labels, as a propagation run would leave them. */
import type { Page } from '@playwright/test';
import type { MaskflowStore } from '../../../src/state/store';
import type { MaskTrack } from '../../../src/core/track/maskTrack';

export const LABELS = 8;

declare global {
  interface Window {
    benchStore: MaskflowStore;
  }
}

/** Runs in the page: the app hands its store to nobody but React, so it is found there. */
function findStore(): void {
  type Fiber = { memoizedProps?: { value?: { store?: MaskflowStore } }; child: Fiber | null };
  const root = document.querySelector('#root') as unknown as Record<string, Fiber>;
  const key = Object.keys(root).find((name) => name.startsWith('__reactContainer$'));
  let fiber: Fiber | null = key ? root[key]! : null;
  while (fiber && !fiber.memoizedProps?.value?.store) {
    fiber = fiber.child;
  }
  const store = fiber?.memoizedProps?.value?.store;
  if (!store) {
    throw new Error('the store of the app was not found');
  }
  window.benchStore = store;
}

/** Runs in the page: one ellipse for each label, which moves and changes its size from frame to frame. */
function fillTracks(labelCount: number): void {
  const { footage, labels, addLabel } = window.benchStore.getState();
  const { width, height, frameTable } = footage!;
  for (let label = labels.length; label < labelCount; label += 1) {
    addLabel();
  }
  const frames = frameTable.timestampsSec.length;
  const rleAt = (centreX: number, centreY: number, halfWidth: number, halfHeight: number) => {
    const counts: number[] = [];
    let end = 0;
    let areaPx = 0;
    for (let x = Math.ceil(centreX - halfWidth); x <= centreX + halfWidth; x += 1) {
      const half = Math.floor(halfHeight * Math.sqrt(Math.max(0, 1 - ((x - centreX) / halfWidth) ** 2)));
      const top = x * height + centreY - half;
      counts.push(top - end, 2 * half + 1);
      areaPx += 2 * half + 1;
      end = top + 2 * half + 1;
    }
    counts.push(width * height - end);
    const box = [
      Math.ceil(centreX - halfWidth),
      centreY - halfHeight,
      Math.floor(centreX + halfWidth) + 1,
      centreY + halfHeight + 1,
    ] as const;
    return { rle: { size: [height, width] as const, counts: Uint32Array.from(counts) }, box, areaPx };
  };
  const tracks = window.benchStore.getState().labels.map(({ objectId }, place): MaskTrack => {
    const propagated = new Map(
      Array.from({ length: frames }, (_, frame) => {
        const centreX = 300 + (place % 4) * 440 + Math.round(80 * Math.sin(frame / 20 + place));
        const centreY = (place < 4 ? 300 : 780) + Math.round(60 * Math.cos(frame / 17 + place));
        const mask = rleAt(centreX, centreY, 110 + (frame % 30), 130 + Math.round(20 * Math.sin(frame / 9)));
        return [frame, { ...mask, predictedIou: null, confidence: 0.9 }] as const;
      }),
    );
    return { objectId, prompted: new Map(), propagated };
  });
  window.benchStore.setState({ tracks: new Map(tracks.map((track) => [track.objectId, track])) });
}

/** Puts the masks in place; what is measured afterwards goes through pointer events again. */
export async function labelClip(page: Page): Promise<void> {
  await page.evaluate(findStore);
  await page.evaluate(fillTracks, LABELS);
}

/** Waits until the app has saved everything. */
export async function untilSaved(page: Page, timeout: number): Promise<void> {
  await page.waitForFunction(
    () => {
      const { kind } = window.benchStore.getState().saveState;
      if (kind === 'failed') {
        throw new Error('the app could not save');
      }
      return kind === 'saved';
    },
    undefined,
    { timeout, polling: 50 },
  );
}
