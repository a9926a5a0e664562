/** The sample clip of two dyes as tests know it: where things are on frame 0, and what is true after it. */
import { expect } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { iou, readLabelMap, type ExportedZip } from './labelMaps';
import type { SourceBox } from './maskflowPage';

/** Its README says what is in it; masks are known up to frame 12. */
export const dyeFixtures = join(import.meta.dirname, '..', 'fixtures', 'dye');

const { boxes } = JSON.parse(readFileSync(join(dyeFixtures, 'prompts.json'), 'utf8')) as {
  boxes: Record<'1' | '2' | 'floor', SourceBox>;
};

export const dyeBoxes = { upper: boxes['1'], lower: boxes['2'], floor: boxes.floor };

/** Name of a frame's mask in exports of a video. */
export function pngName(frameIndex: number): string {
  return `${String(frameIndex).padStart(5, '0')}.png`;
}

/** The true masks of these frames, as files. */
export function trueMaskFiles(frames: readonly number[]): string[] {
  return frames.map((frame) => join(dyeFixtures, 'masks', pngName(frame)));
}

/** Pixels of a dye in the true mask of a frame. */
export function trueDyeArea(frame: number, dye: number): number {
  const { data } = readLabelMap(join(dyeFixtures, 'masks', pngName(frame)));
  return data.filter((value) => value === dye).length;
}

/** Expects this overlap (IoU) with the truth for each dye: label 1 is the upper one, label 2 the lower. */
export function expectDyes(zip: ExportedZip, name: string, frameIndex: number, atLeast: number): void {
  const truth = readLabelMap(join(dyeFixtures, 'masks', pngName(frameIndex)));
  for (const dye of [1, 2]) {
    const value = iou(zip.map(name), dye, truth, dye);
    expect(value, `IoU of dye ${dye} on frame ${frameIndex}`).toBeGreaterThanOrEqual(atLeast);
  }
}
