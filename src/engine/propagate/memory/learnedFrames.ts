/** What was learned on annotated frames, kept from run to run: correcting one frame need not learn the others anew. */
import type { AnnotatedInput, AnnotatedMemory } from './annotatedMemory';

/** About 5 MB each for footage of 640 x 360 and more. */
const MAX_FRAMES = 8;

/** For one footage and one model. */
export class LearnedFrames {
  /** Least recently used first. */
  readonly #entries = new Map<string, AnnotatedMemory>();

  async get(input: AnnotatedInput, learn: () => Promise<AnnotatedMemory>): Promise<AnnotatedMemory> {
    const key = keyOf(input);
    const memory = this.#entries.get(key) ?? (await learn());
    this.#entries.delete(key);
    this.#entries.set(key, memory);
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= MAX_FRAMES) {
        break;
      }
      this.#entries.delete(oldest);
    }
    return memory;
  }
}

function keyOf({ frameIndex, labels, isTrue, hasUnknown }: AnnotatedInput): string {
  const hashes = labels.planes.slice(1).map((plane) => hashOf(plane).toString(36));
  const ignored = labels.ignored ? hashOf(Float32Array.from(labels.ignored)).toString(36) : '';
  return [frameIndex, isTrue.map(Number).join(''), Number(hasUnknown), ...hashes, ignored].join(' ');
}

/**
 * 64 bits between two edits of one frame: two rounds like MurmurHash3's. Masks are full of the word of 1.0, whose low
 * bits are all 0, so each word is mixed through before it counts.
 */
function hashOf(plane: Float32Array<ArrayBuffer>): bigint {
  const words = new Uint32Array(plane.buffer, plane.byteOffset, plane.length);
  let [a, b] = [0x811c9dc5, 0x01000193];
  for (const word of words) {
    const mixed = Math.imul(rotate(Math.imul(word, 0xcc9e2d51), 15), 0x1b873593);
    a = (Math.imul(rotate(a ^ mixed, 13), 5) + 0xe6546b64) | 0;
    b = (Math.imul(rotate(b ^ mixed, 17), 0x85ebca6b) + 0x52dce729) | 0;
  }
  return (BigInt(a >>> 0) << 32n) | BigInt(b >>> 0);
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
