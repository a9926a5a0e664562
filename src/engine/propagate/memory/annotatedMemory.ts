/** What is learned on a frame whose truth the user gave: tokens for ever, and how far each cue is trusted. */
import type { Box, Size } from '../../../core/geometry/box';
import { workPictureOf, type WorkPicture } from './colourCue';
import { testCues, type CueTest } from './cueTrust';
import { cellKeysOf, tokensOf } from './memoryTokens';
import type { MemoryOptions } from './options';
import { thinTokens } from './thinTokens';
import { workSizeOf, type SoftLabels } from './softLabels';
import { anchored, labelPlacesOf, type AnchoredTokens, type LabelPlaces } from './tokenPlaces';
import { trackingWindow, wholePicture } from './trackingWindow';
import type { Vision } from './vision';
import { averageOverCells, ignoredCells, windowGridOf } from './windowGrid';

export type AnnotatedMemory = {
  readonly frameIndex: number;
  readonly picture: WorkPicture;
  readonly labels: SoftLabels;
  /** For each label: is its mask here true, and not a guess or unknown? */
  readonly isTrue: readonly boolean[];
  /** One set for each view of the frame: the whole picture, and the window around small labels. */
  readonly tokens: readonly AnchoredTokens[];
  /** Where each label is here. */
  readonly places: LabelPlaces;
  /** One for each label. */
  readonly tests: readonly CueTest[];
};

export type AnnotatedInput = {
  readonly frameIndex: number;
  readonly labels: SoftLabels;
  readonly isTrue: readonly boolean[];
  /** Labels of which nothing at all is known on this frame: its background may hold them. */
  readonly hasUnknown: boolean;
};

/** How far background is believed where a label may hide in it. */
const DOUBTED_BACKGROUND = 0.5;

export async function learnAnnotated(
  vision: Vision,
  { frameIndex, labels, isTrue, hasUnknown }: AnnotatedInput,
  { source, options }: { source: Size; options: MemoryOptions },
  signal: AbortSignal,
): Promise<AnnotatedMemory> {
  const picture = workPictureOf(await vision.picture(frameIndex), workSizeOf(source));
  const whole = wholePicture(source);
  const window = options.useWindow ? trackingWindow(labels, source) : whole;
  const boxes = isSameBox(window, whole) ? [whole] : [whole, window];
  const places = labelPlacesOf(labels, source);
  const tokens: AnchoredTokens[] = [];
  let tests: readonly CueTest[] = [];
  for (const box of boxes) {
    const grid = windowGridOf(box);
    const learned = await vision.look(frameIndex, box, signal, async (view) => ({
      keys: view.keys,
      tests: isSameBox(box, window) ? await testCues(view, grid, { picture, labels, source }, options) : null,
    }));
    const planes = averageOverCells(labels, grid, source);
    const trust = (channel: number): number => (channel === 0 && hasUnknown ? DOUBTED_BACKGROUND : 1);
    const cells = cellKeysOf(learned.keys, grid);
    const thinned = thinTokens(tokensOf(cells, planes, trust), grid, 2, ignoredCells(labels, grid, source));
    tokens.push(anchored(thinned, places));
    tests = learned.tests ?? tests;
  }
  return { frameIndex, picture, labels, isTrue, tokens, places, tests };
}

export function isSameBox(a: Box, b: Box): boolean {
  return a.every((value, index) => value === b[index]);
}
