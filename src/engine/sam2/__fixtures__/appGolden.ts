/** What EdgeTAM draws at full size, as label maps: for tests of the engine and of the whole app. */
import { objectId } from '../../../core/base/ids';
import { decodeRle, encodeRle } from '../../../core/mask/rle';
import type { PropagationRequest, PropagatedFrame } from '../../../core/segment/segmentation';
import {
  PARITY_HEIGHT_PX,
  PARITY_WIDTH_PX,
  parityMask,
  type ParityObject,
} from '../../__fixtures__/parityClip';
import type { SeedRule } from './seededSam2';

export type AppGolden = {
  readonly model: 'edgetam';
  readonly rules: readonly SeedRule[];
  /** `labels`: value, count, value, count, ... of the label map, row by row. */
  readonly frames: readonly { readonly frame: number; readonly labels: readonly number[] }[];
};

const objects: readonly ParityObject[] = [1, 2];

/** Both masks of the parity clip given on frame 0, forward to the golden's last frame. */
export function appRequest({ frames }: AppGolden): PropagationRequest {
  const masks = objects.map((object) => ({
    objectId: objectId(object),
    rle: encodeRle(parityMask(object, 0)),
  }));
  return {
    engine: 'edgetam',
    startFrame: 0,
    endFrame: frames.at(-1)!.frame,
    labels: masks.map((mask) => ({ objectId: mask.objectId, role: 'object' as const })),
    startMasks: masks,
    conditioning: [],
    annotated: [{ frameIndex: 0, masks, guesses: [] }],
  };
}

/** 0 where there is no label. */
export function goldenLabels(golden: AppGolden, frame: number): Uint8Array {
  const runs = golden.frames.find((entry) => entry.frame === frame)!.labels;
  const labels = new Uint8Array(PARITY_WIDTH_PX * PARITY_HEIGHT_PX);
  let at = 0;
  for (let run = 0; run < runs.length; run += 2) {
    labels.fill(runs[run]!, at, at + runs[run + 1]!);
    at += runs[run + 1]!;
  }
  return labels;
}

/** The label map of a propagated frame. */
export function labelsOf({ masks }: PropagatedFrame): Uint8Array {
  const all = masks.map(({ objectId: value, mask }) => ({ value, data: decodeRle(mask.rle).data }));
  return Uint8Array.from(
    { length: all[0]!.data.length },
    (_, pixel) => all.find(({ data }) => data[pixel] === 1)?.value ?? 0,
  );
}

/** How far two label maps agree on the pixels of `wanted` labels. */
export function labelIou(a: Uint8Array, b: Uint8Array, isWanted: (value: number) => boolean): number {
  let both = 0;
  let either = 0;
  a.forEach((value, pixel) => {
    const [inA, inB] = [isWanted(value), isWanted(b[pixel]!)];
    both += inA && inB ? 1 : 0;
    either += inA || inB ? 1 : 0;
  });
  return either === 0 ? 1 : both / either;
}
