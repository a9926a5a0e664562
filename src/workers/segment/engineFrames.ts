/** The frames the engine is given: over the line to the footage worker, adjusted as the user sees them where wanted. */
import { cancelledError, UserFacingError } from '../../core/base/errors';
import type { FootageId } from '../../core/base/ids';
import { adjustPixels, channelTables, type DisplayAdjustments } from '../../core/display/displayAdjustments';
import { footageStopped, type FramePixels } from '../footage/footageProtocol';
import { FrameConnection } from '../rpc/frameConnection';

type FetchFrame = (frameIndex: number) => Promise<FramePixels>;

/** `fetchFrame` with every picture adjusted; null leaves them as they are. The pixels fetched are changed in place. */
export function adjustedFrames(fetchFrame: FetchFrame, adjustments: DisplayAdjustments | null): FetchFrame {
  if (!adjustments) {
    return fetchFrame;
  }
  const tables = channelTables(adjustments);
  return async (frameIndex) => {
    const pixels = await fetchFrame(frameIndex);
    adjustPixels(pixels.data, tables);
    return pixels;
  };
}

export class EngineFrames {
  #connection: FrameConnection | null = null;
  #footageId: FootageId | null = null;
  #adjustments: DisplayAdjustments | null = null;

  /** Takes the place of an earlier connection, whose reads end. */
  connect(port: MessagePort): void {
    this.#connection?.end(cancelledError());
    this.#connection = new FrameConnection(port);
  }

  /** The worker at the other end has died. */
  disconnect(): void {
    this.#connection?.end(footageStopped(null));
  }

  /** Where this footage's frames come from. */
  ofFootage(footageId: FootageId): FetchFrame {
    this.#footageId = footageId;
    return this.#frames(footageId);
  }

  /** Where the same footage's frames come from, so adjusted; null while there is none. */
  adjusted(adjustments: DisplayAdjustments | null): FetchFrame | null {
    this.#adjustments = adjustments;
    return this.#footageId ? this.#frames(this.#footageId) : null;
  }

  #frames(footageId: FootageId): FetchFrame {
    return adjustedFrames(
      async (frameIndex) => this.#connected().getPixels(footageId, frameIndex),
      this.#adjustments,
    );
  }

  #connected(): FrameConnection {
    if (!this.#connection) {
      throw new UserFacingError({
        code: 'internal',
        what: 'The segmentation engine is not connected to the footage.',
        safe: 'Your footage, prompts and masks are untouched.',
        todo: 'Reload the page.',
      });
    }
    return this.#connection;
  }
}
