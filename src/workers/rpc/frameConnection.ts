/** A worker's line to the footage worker, and what becomes of its reads when that ends. */
import { releaseProxy, wrap, type Remote } from 'comlink';
import type { UserFacingError } from '../../core/base/errors';
import type { FootageId } from '../../core/base/ids';
import type { FramePixels, FramePixelsService } from '../footage/footageProtocol';
import { untilEnd } from './untilEnd';

export class FrameConnection {
  readonly #remote: Remote<FramePixelsService>;
  readonly #ended = new AbortController();

  constructor(port: MessagePort) {
    this.#remote = wrap<FramePixelsService>(port);
  }

  /** Rejects with the reason of the end when the connection ends first, or has ended. */
  getPixels(footageId: FootageId, frameIndex: number): Promise<FramePixels> {
    return untilEnd(this.#ended.signal, () => this.#remote.getPixels(footageId, frameIndex));
  }

  /** A port says nothing when the worker at its other end dies, so whoever knows has to tell. Only the first counts. */
  end(reason: UserFacingError): void {
    if (!this.#ended.signal.aborted) {
      this.#ended.abort(reason);
      this.#remote[releaseProxy]();
    }
  }
}
