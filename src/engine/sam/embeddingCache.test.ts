/** The cache against a plain list: bounds, order, and that nothing in use is disposed of. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { imageTransformOf } from '../../core/geometry/imageTransform';
import type { OrtTensor } from '../ort/ortRuntime';
import { EmbeddingCache } from './embeddingCache';
import type { FrameEmbedding } from './imageEncoder';

class Disposals {
  readonly counts = new Map<FrameEmbedding, number>();

  make(): FrameEmbedding {
    const embedding: FrameEmbedding = {
      tensor: {} as OrtTensor,
      transform: imageTransformOf({ width: 4, height: 3 }),
      sizeBytes: 10,
      dispose: () => this.counts.set(embedding, (this.counts.get(embedding) ?? 0) + 1),
    };
    this.counts.set(embedding, 0);
    return embedding;
  }
}

const anyStep = fc.oneof(
  fc.record({ kind: fc.constant('add' as const), frame: fc.integer({ min: 0, max: 9 }) }),
  fc.record({ kind: fc.constant('hold' as const), frame: fc.integer({ min: 0, max: 9 }) }),
  fc.record({ kind: fc.constant('release' as const), frame: fc.integer({ min: 0, max: 9 }) }),
  fc.record({ kind: fc.constant('clear' as const), frame: fc.constant(0) }),
);

describe('EmbeddingCache', () => {
  it('disposes of each embedding exactly once, and of none in use', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 60 }), (steps) => {
        const disposals = new Disposals();
        const cache = new EmbeddingCache({ maxFrames: 3, maxBytes: 1000 });
        const held: { embedding: FrameEmbedding; release: () => void }[] = [];
        for (const { kind, frame } of steps) {
          if (kind === 'add') {
            cache.add(frame, disposals.make());
          } else if (kind === 'hold') {
            const hold = cache.hold(frame);
            if (hold) {
              held.push(hold);
            }
          } else if (kind === 'release') {
            held.splice(frame % Math.max(1, held.length), 1)[0]?.release();
          } else {
            cache.clear();
          }
          held.forEach(({ embedding }) => expect(disposals.counts.get(embedding)).toBe(0));
          const inUse = new Set(held.map(({ embedding }) => embedding)).size;
          // One more than the bound: what was just added is kept for whoever asked for it.
          expect(cache.frameCount).toBeLessThanOrEqual(Math.max(3, inUse + 1));
          expect(cache.sizeBytes).toBe(cache.frameCount * 10);
        }
        held.forEach(({ release }) => release());
        cache.clear();
        expect([...disposals.counts.values()].every((count) => count === 1)).toBe(true);
      }),
    );
  });

  it('lets the least recently used go first, by number and by bytes', () => {
    for (const limits of [
      { maxFrames: 2, maxBytes: 1000 },
      { maxFrames: 100, maxBytes: 25 },
    ]) {
      const disposals = new Disposals();
      const cache = new EmbeddingCache(limits);
      cache.add(1, disposals.make());
      cache.add(2, disposals.make());
      cache.hold(1)?.release();
      cache.add(3, disposals.make());
      expect([1, 2, 3].map((frame) => cache.has(frame))).toEqual([true, false, true]);
    }
  });
});
