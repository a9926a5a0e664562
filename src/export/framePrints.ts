/** Reads the pictures of an export's frames once each, where it can, and takes their fingerprints on the way. */
import { isCancelled } from '../core/base/errors';
import { lumaGrid, rgbBytes } from '../core/export/lumaGrid';
import type { ExportPicture } from '../core/export/maskSequence';
import type { FramePrintText } from './framesCsv';
import { RecentFrames } from './recentFrames';

export async function framePrint(picture: ExportPicture): Promise<FramePrintText> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', rgbBytes(picture)));
  const rgbSha256 = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return { rgbSha256, luma: lumaGrid(picture) };
}

type ReadPicture = (frameIndex: number) => Promise<ExportPicture>;

/**
 * Fingerprints are taken beside the writing: a frame's picture is fetched while its masks are written. Footage that
 * cannot be read leaves them out, so that masks can always be exported.
 */
export class FramePrints {
  readonly #pictures: RecentFrames<ExportPicture>;
  readonly #prints = new Map<number, FramePrintText>();
  #pending: Promise<void> = Promise.resolve();
  #isUnreadable = false;

  constructor(read: ReadPicture | undefined) {
    this.#pictures = new RecentFrames(
      read ?? (() => Promise.reject(new Error('the footage cannot be read'))),
    );
    this.#isUnreadable = read === undefined;
  }

  /** Starts on a frame's fingerprint when it has none; waits for the one before, so that few pictures are held. */
  async visit(frameIndex: number): Promise<void> {
    await this.#pending;
    if (!this.#isUnreadable && !this.#prints.has(frameIndex)) {
      this.#pending = this.#take(frameIndex);
    }
  }

  /** The picture of a frame. Rejects when it cannot be read. */
  picture(frameIndex: number): Promise<ExportPicture> {
    return this.#pictures.get(frameIndex);
  }

  /** Of frames that have been visited; null where the picture could not be read. */
  async of(frameIndex: number): Promise<FramePrintText | null> {
    await this.#pending;
    return this.#prints.get(frameIndex) ?? null;
  }

  async #take(frameIndex: number): Promise<void> {
    try {
      this.#prints.set(frameIndex, await framePrint(await this.picture(frameIndex)));
    } catch (error) {
      if (!isCancelled(error)) {
        this.#isUnreadable = true;
      }
    }
  }
}
