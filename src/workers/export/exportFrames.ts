/** The lines to the footage worker that exports under way hold. */
import { footageStopped, type FramePixels } from '../footage/footageProtocol';
import { FrameConnection } from '../rpc/frameConnection';
import type { FrameLine } from './exportProtocol';

export class ExportFrames {
  readonly #open = new Set<FrameConnection>();

  /** Runs `work` with a reader of the footage's pictures (undefined where there is none), and ends the line after it. */
  async use<T>(
    line: FrameLine | null,
    work: (getPicture: ((frameIndex: number) => Promise<FramePixels>) | undefined) => Promise<T>,
  ): Promise<T> {
    if (!line) {
      return await work(undefined);
    }
    const connection = new FrameConnection(line.port);
    this.#open.add(connection);
    try {
      return await work((frameIndex) => connection.getPixels(line.footageId, frameIndex));
    } finally {
      this.#open.delete(connection);
      connection.end(footageStopped(null));
    }
  }

  disconnect(): void {
    this.#open.forEach((connection) => connection.end(footageStopped(null)));
  }
}
