/** SAM propagation: each label's last mask is SAM's prompt, as box and mask, on the next frame. */
import { cancelledError } from '../../core/base/errors';
import type { ObjectId } from '../../core/base/ids';
import { maskBox, type BinaryMask } from '../../core/mask/binaryMask';
import { maskPromptLogits } from '../../core/mask/maskPrompt';
import { mergeLogits, subtractMasks } from '../../core/mask/mergeLogits';
import { decodeRle } from '../../core/mask/rle';
import { softMasksOf } from '../../core/mask/softLogits';
import type { SoftMask } from '../../core/mask/softMask';
import type { LabelMask, PropagatedFrame, PropagationRequest } from '../../core/segment/segmentation';
import type { Drawer } from '../sam/drawer';
import { emptyFrameMask, frameMaskOf } from '../sam/frameMaskOf';
import type { DecoderPrompt } from '../sam/maskDecoder';
import type { Propagator } from './propagator';
import { requestSize } from './requestSize';

/** The labels that are somewhere at the moment, each with its last mask, in label order. */
type Masks = ReadonlyMap<ObjectId, BinaryMask>;

type DrawnMask = { readonly mask: BinaryMask; readonly predictedIou: number; readonly soft?: SoftMask };

type Step = {
  readonly masks: ReadonlyMap<ObjectId, DrawnMask>;
  readonly encodeMs: number;
  readonly decodeMs: number;
};

export class SamPropagator implements Propagator {
  readonly #drawer: Pick<Drawer, 'draw' | 'prefetch'>;

  constructor(drawer: Pick<Drawer, 'draw' | 'prefetch'>) {
    this.#drawer = drawer;
  }

  async *propagate(
    request: PropagationRequest,
    signal: AbortSignal,
  ): AsyncGenerator<PropagatedFrame, void, void> {
    const { startFrame, endFrame, labels } = request;
    const direction = endFrame < startFrame ? -1 : 1;
    // From mask to mask: annotated frames that the run does not pass give SAM nothing to go on from.
    const size = requestSize({ ...request, annotated: [] });
    const given = new Map(request.conditioning.map(({ frameIndex, masks }) => [frameIndex, masksOf(masks)]));
    let last = withoutEmpty(masksOf(request.startMasks), request);
    if (last.size > 0) {
      // The first masks may come from anywhere (a brush, boxes alone): go on from SAM's own version of them.
      const refined = await this.#step(
        startFrame,
        { flowing: last, taken: new Map() },
        startFrame + direction,
        signal,
      );
      last = withoutEmpty(plainMasks(refined), request);
    }
    for (let frame = startFrame; frame !== endFrame;) {
      frame += direction;
      const startMs = performance.now();
      const conditioned: Masks = given.get(frame) ?? new Map();
      const flowing = new Map([...last].filter(([objectId]) => !conditioned.has(objectId)));
      const next = frame === endFrame ? null : frame + direction;
      const step = await this.#step(frame, { flowing, taken: conditioned }, next, signal);
      last = withoutEmpty(new Map([...plainMasks(step), ...conditioned]), request);
      const masks = labels
        .filter(({ objectId }) => !conditioned.has(objectId))
        .map(({ objectId }) => labelMask(objectId, step, size));
      const { encodeMs, decodeMs } = step;
      const restMs = performance.now() - startMs - encodeMs - decodeMs;
      yield { frameIndex: frame, masks, timings: { encodeMs, decodeMs, restMs } };
    }
  }

  /**
   * All flowing labels on one frame, each drawn from its last mask, then merged, without the pixels of those that were
   * given by the user (`taken`). `next` is fetched meanwhile.
   */
  async #step(
    frame: number,
    { flowing: last, taken }: { readonly flowing: Masks; readonly taken: Masks },
    next: number | null,
    signal: AbortSignal,
  ): Promise<Step> {
    if (signal.aborted) {
      throw cancelledError();
    }
    if (last.size === 0) {
      return { masks: new Map(), encodeMs: 0, decodeMs: 0 };
    }
    if (next !== null) {
      this.#drawer.prefetch(next);
    }
    const objectIds = [...last.keys()];
    const prompts = [...last.values()].map(promptFromMask);
    const drawn = await this.#drawer.draw(frame, prompts, { priority: 'background', signal });
    const logits = drawn.labels.map((label) => label.logits);
    const given = [...taken.values()];
    const merged = mergeLogits(logits);
    const soft = softMasksOf(logits, given);
    const masks = new Map(
      objectIds.map((objectId, index) => {
        const { predictedIou } = drawn.labels[index]!;
        return [objectId, { mask: subtractMasks(merged[index]!, given), predictedIou, soft: soft[index] }];
      }),
    );
    return { masks, encodeMs: drawn.encodeMs, decodeMs: drawn.decodeMs };
  }
}

/** A mask as the prompt for the next frame: its tight box and its mask logits. The mask is not empty. */
export function promptFromMask(mask: BinaryMask): DecoderPrompt {
  return { points: [], box: maskBox(mask), maskLogits: maskPromptLogits(mask) };
}

function masksOf(masks: PropagationRequest['startMasks']): Map<ObjectId, BinaryMask> {
  return new Map(masks.map(({ objectId, rle }) => [objectId, decodeRle(rle)]));
}

/** Live labels in label order, which decides ties in the merge. */
function withoutEmpty(masks: Masks, { labels }: PropagationRequest): Masks {
  return new Map(
    labels.flatMap(({ objectId }) => {
      const mask = masks.get(objectId);
      return mask?.data.includes(1) ? [[objectId, mask] as const] : [];
    }),
  );
}

function plainMasks(step: Step): Map<ObjectId, BinaryMask> {
  return new Map([...step.masks].map(([objectId, { mask }]) => [objectId, mask]));
}

function labelMask(objectId: ObjectId, step: Step, size: { width: number; height: number }): LabelMask {
  const drawn = step.masks.get(objectId);
  const mask = drawn
    ? frameMaskOf(drawn.mask, drawn.predictedIou, drawn.soft)
    : emptyFrameMask(size.width, size.height);
  return { objectId, mask };
}
