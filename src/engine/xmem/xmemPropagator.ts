/** Propagation by XMem: all labels together, from a memory of annotated frames and of what was drawn since. */
import { cancelledError } from '../../core/base/errors';
import type { ObjectId } from '../../core/base/ids';
import { decodeRle } from '../../core/mask/rle';
import { ignoredOn, type PropagatedFrame, type PropagationRequest } from '../../core/segment/segmentation';
import type { FrameSource, ShelfModel } from '../models/shelfModel';
import type { Propagator } from '../propagate/propagator';
import { parseXMemConfig, type XMemConfig } from './config';
import { frameMasksOf } from './drawnObjects';
import { boundedShortSide } from './memoryBound';
import { cellsWithout, imageInput, maskAtWork } from './frameInput';
import type { XMemOptions } from './options';
import { workGeometryOf, type WorkGeometry } from './workGeometry';
import { GraphXMemNetwork, type XMemNetwork } from './xmemNetwork';
import { xmemRunOf, type Masks, type XMemRun } from './xmemRun';
import { XMemTracker, type TrackedFrame } from './xmemTracker';

/** What one request is worked on with. */
type Work = {
  readonly request: PropagationRequest;
  readonly run: XMemRun;
  readonly geometry: WorkGeometry;
  readonly tracker: XMemTracker;
  /** Labels of which something is remembered for ever. */
  readonly anchored: Set<ObjectId>;
  readonly signal: AbortSignal;
};

export class XMemPropagator implements Propagator {
  readonly #network: XMemNetwork;
  readonly #config: XMemConfig;
  readonly #frames: FrameSource;
  readonly #options: XMemOptions;
  #shortSidePx: number | null;

  /** `network` stands in for the model's graphs in tests. Throws a ValiError when the model's config is not XMem's. */
  constructor(
    model: ShelfModel,
    frames: FrameSource,
    options: XMemOptions,
    network: (config: XMemConfig) => XMemNetwork = (config) => new GraphXMemNetwork(model, config),
  ) {
    const config = parseXMemConfig(model.config);
    this.#config = { ...config, memoryEvery: options.memoryEvery ?? config.memoryEvery };
    this.#frames = frames;
    this.#options = options;
    this.#shortSidePx = options.shortSidePx;
    this.#network = network(this.#config);
  }

  /** Of the frames as the run that began last sees them; null: as large as the source is. */
  get shortSidePx(): number | null {
    return this.#shortSidePx;
  }

  /**
   * Each frame comes once. Annotated frames on either side of a frame are remembered before the first one is drawn, the
   * nearest ones where there are many; true masks are never drawn again. A label that has nothing but true masks ahead
   * begins at the first of them, and has no mask until then. The memory lasts as long as the run.
   */
  async *propagate(
    request: PropagationRequest,
    signal: AbortSignal,
  ): AsyncGenerator<PropagatedFrame, void, void> {
    const run = xmemRunOf(request, this.#options.permanentFrames);
    this.#shortSidePx = this.#affordable(request, run);
    const geometry = workGeometryOf(run.source, this.#shortSidePx);
    const tracker = new XMemTracker(this.#network, this.#config, geometry);
    const work = { request, run, geometry, tracker, anchored: new Set<ObjectId>(), signal };
    let startMs = performance.now();
    if (run.firstFrame === request.startFrame) {
      await this.#begin(work, run.firstFrame);
    }
    for (let frame = request.startFrame; frame !== request.endFrame;) {
      frame += run.direction;
      throwIfAborted(signal);
      if (frame === run.firstFrame) {
        await this.#begin(work, frame);
      }
      const drawn = frame === run.firstFrame ? null : await this.#step(work, frame);
      yield this.#frameOf(work, frame, drawn, startMs);
      startMs = performance.now();
    }
  }

  /** The size that is asked for, or the largest one whose memory stays within bounds. */
  #affordable(
    { shortSidePx = this.#options.shortSidePx, labels }: PropagationRequest,
    run: XMemRun,
  ): number | null {
    return boundedShortSide(run.source, shortSidePx, this.#config, {
      labels: labels.length,
      permanentFrames: run.permanentFrames.length,
    });
  }

  /** Learns the annotated frames, then the first one of the run, of which nothing is drawn. */
  async #begin(work: Work, firstFrame: number): Promise<void> {
    const { run, tracker, anchored, signal } = work;
    const truth = run.truthOn(firstFrame);
    const isPermanent = run.permanentFrames.includes(firstFrame);
    for (const frame of run.permanentFrames.filter((entry) => entry !== firstFrame)) {
      throwIfAborted(signal);
      const masks = run.truthOn(frame);
      const guesses = new Map([...run.guessesOn(frame)].filter(([objectId]) => !masks.has(objectId)));
      const input = await this.#inputOf(work, frame);
      await tracker.learn(
        { ...input, masks: atWork(masks, work.geometry), guesses: atWork(guesses, work.geometry) },
        signal,
      );
      masks.forEach((_, objectId) => anchored.add(objectId));
    }
    const permanent = [...run.firstMasks.keys()].filter(
      (objectId) => (isPermanent && truth.has(objectId)) || !anchored.has(objectId),
    );
    const lasting = new Set(permanent.filter((objectId) => !run.assumedEmpty.has(objectId)));
    lasting.forEach((objectId) => anchored.add(objectId));
    await tracker.step(
      {
        ...(await this.#inputOf(work, firstFrame)),
        given: atWork(run.firstMasks, work.geometry),
        permanent: lasting,
        unremembered: run.assumedEmpty,
        isLast: false,
      },
      signal,
    );
  }

  /** Draws the next frame; null when there is nothing to draw and nothing to remember. */
  async #step(work: Work, frame: number): Promise<TrackedFrame | null> {
    const { request, run, geometry, tracker, anchored, signal } = work;
    if (run.firstFrame === null || tracker.objectIds.length === 0) {
      return null;
    }
    const given = new Map(
      // A label that is said not to be here before it was anywhere begins later.
      [...run.truthOn(frame)].filter(
        ([objectId, mask]) => tracker.objectIds.includes(objectId) || mask.data.includes(1),
      ),
    );
    const isLast = frame === request.endFrame;
    if (isLast && tracker.objectIds.every((objectId) => given.has(objectId))) {
      return null;
    }
    if (!isLast) {
      this.#frames.prefetch(frame + run.direction);
    }
    // What the user gave on it is remembered already.
    const unremembered = new Set(run.permanentFrames.includes(frame) ? given.keys() : []);
    const permanent = new Set(
      [...given.keys()].filter((objectId) => !unremembered.has(objectId) && !anchored.has(objectId)),
    );
    const input = await this.#inputOf(work, frame);
    const drawn = await tracker.step(
      { ...input, given: atWork(given, geometry), permanent, unremembered, isLast },
      signal,
    );
    permanent.forEach((objectId) => anchored.add(objectId));
    return drawn;
  }

  async #inputOf(
    { request, geometry }: Work,
    frame: number,
  ): Promise<{ image: Float32Array; learnable?: Uint8Array }> {
    const image = imageInput(await this.#frames.picture(frame), geometry, this.#config);
    const ignored = ignoredOn(request.ignored, frame);
    return ignored ? { image, learnable: cellsWithout(decodeRle(ignored), geometry) } : { image };
  }

  #frameOf(
    { run, geometry }: Work,
    frameIndex: number,
    drawn: TrackedFrame | null,
    startMs: number,
  ): PropagatedFrame {
    const given = run.truthOn(frameIndex);
    const wanted = drawn?.objectIds.filter((objectId) => !given.has(objectId)) ?? [];
    const masks =
      drawn && wanted.length > 0
        ? frameMasksOf(
            {
              ...drawn,
              givenAtWork: [...atWork(given, geometry).values()],
              givenAtSource: [...given.values()],
            },
            wanted,
            geometry,
          )
        : [];
    const { encodeMs = 0, decodeMs = 0 } = drawn ?? {};
    const restMs = performance.now() - startMs - encodeMs - decodeMs;
    return { frameIndex, masks, timings: { encodeMs, decodeMs, restMs } };
  }
}

function atWork(masks: Masks, geometry: WorkGeometry): Masks {
  return new Map([...masks].map(([objectId, mask]) => [objectId, maskAtWork(mask, geometry)]));
}

function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) {
    throw cancelledError();
  }
}
