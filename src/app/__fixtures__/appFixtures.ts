/** Stores and stand-ins for workers that the tests of the application layer share. */
import { newFootageId, newPromptId, objectId, type ObjectId } from '../../core/base/ids';
import type { FrameMask } from '../../core/track/maskTrack';
import type { FootageInfo } from '../../core/video/footageInfo';
import { createMaskflowStore } from '../../state/store';
import type {
  FramePrediction,
  LabelPrompts,
  PropagationRequest,
} from '../../workers/segment/segmentProtocol';

export const one = objectId(1);
export const timings = { encodeMs: 0, decodeMs: 0, restMs: 0 };

export function maskOf(value: number): FrameMask {
  return {
    rle: { size: [8, 8], counts: Uint32Array.of(64 - value, value) },
    box: [0, 0, 8, 8],
    areaPx: value,
    predictedIou: 0.9,
  };
}

export function footage(overrides: Partial<FootageInfo> = {}): FootageInfo {
  return {
    footageId: newFootageId(),
    name: 'clip.mp4',
    kind: 'video',
    decoder: 'webcodecs',
    width: 8,
    height: 8,
    frameTable: { timestampsSec: Float64Array.from({ length: 10 }, (_, i) => i / 10), lastDurationSec: 0.1 },
    frameRate: 10,
    frameNames: null,
    codec: 'avc1',
    notes: [],
    ...overrides,
  };
}

export function ready() {
  const store = createMaskflowStore();
  store.getState().replaceFootage(footage());
  store.getState().setEngine({
    kind: 'ready',
    info: { provider: 'wasm', adapter: null, threads: 1, fallbackReason: null, modelName: 'test' },
  });
  return store;
}

/** A predictor whose answers wait for `release`; the mask's area tells how many points it was asked with. */
export function heldPredictor() {
  const calls: { frameIndex: number; labels: readonly LabelPrompts[]; release: () => void }[] = [];
  return {
    calls,
    encode: async () => ({ encodeMs: 0 }),
    predict: (frameIndex: number, labels: readonly LabelPrompts[]) =>
      new Promise<FramePrediction>((resolve) => {
        calls.push({
          frameIndex,
          labels,
          release: () =>
            resolve({
              frameIndex,
              timings,
              masks: labels.map(({ prompts }) => ({
                objectId: prompts.objectId,
                mask: maskOf(prompts.points.length),
              })),
            }),
        });
      }),
  };
}

export const nextTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

export function addPoint(
  store: ReturnType<typeof createMaskflowStore>,
  frameIndex = 0,
  { of = one, at = { x: 1, y: 1 } }: { of?: ObjectId; at?: { x: number; y: number } } = {},
): void {
  store
    .getState()
    .addPrompt({ kind: 'point', id: newPromptId(), objectId: of, frameIndex, label: 1, point: at });
}

/** A propagator that yields one mask a frame when the test says so. */
export function steppedPropagator() {
  const requests: PropagationRequest[] = [];
  return {
    requests,
    prepare: async (): Promise<void> => undefined,
    async *propagate(request: PropagationRequest, options?: { signal?: AbortSignal }) {
      requests.push(request);
      const step = Math.sign(request.endFrame - request.startFrame);
      for (let frame = request.startFrame + step; frame !== request.endFrame + step; frame += step) {
        await nextTurn();
        if (options?.signal?.aborted) {
          return;
        }
        yield { frameIndex: frame, timings, masks: [{ objectId: one, mask: maskOf(frame + 1) }] };
      }
    },
  };
}
