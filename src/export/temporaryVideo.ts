/** A film under way on the disk: muxers go back to its beginning when they are done. */
import type { StreamTargetChunk } from 'mediabunny';
import { createTemporaryFile } from './temporaryFile';
import { writeFailed } from './exportErrors';

export type TemporaryVideo = {
  readonly writable: WritableStream<StreamTargetChunk>;
  /** The whole file, once the stream is closed. */
  readonly finished: () => Promise<Blob>;
  /** Deletes it. */
  readonly release: () => Promise<void>;
};

/** Null where the browser has no private storage. Runs in a dedicated worker. */
export async function openTemporaryVideo(): Promise<TemporaryVideo | null> {
  const file = await createTemporaryFile();
  if (!file) {
    return null;
  }
  let isOpen = true;
  const close = (): void => {
    if (isOpen) {
      isOpen = false;
      file.access.close();
    }
  };
  return {
    writable: new WritableStream<StreamTargetChunk>({
      write({ data, position }) {
        try {
          if (file.access.write(data, { at: position }) !== data.length) {
            throw new DOMException('The storage took only part of the bytes.', 'QuotaExceededError');
          }
        } catch (error) {
          throw writeFailed('the video', 'No unfinished file is left, and your masks are untouched.', error);
        }
      },
      close() {
        file.access.flush();
        close();
      },
      abort: close,
    }),
    finished: async () => {
      close();
      return await file.handle.getFile();
    },
    release: async () => {
      close();
      await file.remove();
    },
  };
}
