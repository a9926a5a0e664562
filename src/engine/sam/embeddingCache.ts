/** Embeddings of recently used frames, bounded in number and bytes. */
import type { FrameEmbedding } from './imageEncoder';

export type CacheLimits = { readonly maxFrames: number; readonly maxBytes: number };

/** 48 embeddings of 4 MiB. */
export const defaultCacheLimits: CacheLimits = { maxFrames: 48, maxBytes: 200 * 1024 * 1024 };

/** What a model makes of a frame; whoever holds it calls `dispose` once. */
export type CachedEmbedding = { readonly sizeBytes: number; readonly dispose: () => void };

type Entry<T> = { readonly embedding: T; users: number };

/**
 * Least recently used first out. An embedding in use is never disposed of: it leaves the cache when its last user is
 * done, if its place is wanted by then. The cache owns what it is given.
 */
export class EmbeddingCache<T extends CachedEmbedding = FrameEmbedding> {
  readonly #limits: CacheLimits;
  /** In order of use, oldest first. */
  readonly #entries = new Map<number, Entry<T>>();
  #sizeBytes = 0;

  constructor(limits: CacheLimits) {
    this.#limits = limits;
  }

  get frameCount(): number {
    return this.#entries.size;
  }

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  has(frameIndex: number): boolean {
    return this.#entries.has(frameIndex);
  }

  /** Takes ownership. A frame that is already there keeps its embedding, and the new one is disposed of. */
  add(frameIndex: number, embedding: T): void {
    if (this.#entries.has(frameIndex)) {
      embedding.dispose();
      return;
    }
    this.#entries.set(frameIndex, { embedding, users: 0 });
    this.#sizeBytes += embedding.sizeBytes;
    this.#trim(frameIndex);
  }

  /** Holds a frame's embedding until `release` is called; null when it is not there. */
  hold(frameIndex: number): { embedding: T; release: () => void } | null {
    const entry = this.#entries.get(frameIndex);
    if (!entry) {
      return null;
    }
    this.#entries.delete(frameIndex);
    this.#entries.set(frameIndex, entry);
    entry.users += 1;
    let isHeld = true;
    const release = (): void => {
      if (isHeld) {
        isHeld = false;
        entry.users -= 1;
        if (this.#entries.get(frameIndex) !== entry && entry.users === 0) {
          entry.embedding.dispose();
        } else {
          this.#trim(null);
        }
      }
    };
    return { embedding: entry.embedding, release };
  }

  /** Forgets everything; what is in use is disposed of by its last user. */
  clear(): void {
    for (const entry of this.#entries.values()) {
      if (entry.users === 0) {
        entry.embedding.dispose();
      }
    }
    this.#entries.clear();
    this.#sizeBytes = 0;
  }

  #trim(justAdded: number | null): void {
    for (const [frameIndex, entry] of this.#entries) {
      const isFull = this.#entries.size > this.#limits.maxFrames || this.#sizeBytes > this.#limits.maxBytes;
      if (!isFull) {
        return;
      }
      if (entry.users === 0 && frameIndex !== justAdded) {
        this.#entries.delete(frameIndex);
        this.#sizeBytes -= entry.embedding.sizeBytes;
        entry.embedding.dispose();
      }
    }
  }
}
