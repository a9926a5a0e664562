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
  return [frameIndex, isTrue.map(Number).join(''), Number(hasUnknown), ...hashes].join(' ');
}

/** FNV-1a over the plane's 32-bit words, twice with different offsets: 64 bits between two edits of one frame. */
function hashOf(plane: Float32Array<ArrayBuffer>): bigint {
  const words = new Uint32Array(plane.buffer, plane.byteOffset, plane.length);
  let [a, b] = [0x811c9dc5, 0x01000193];
  for (const word of words) {
    a = Math.imul(a ^ word, 0x01000193);
    b = Math.imul(b ^ (word >>> 7) ^ (word << 11), 0x85ebca6b);
  }
  return (BigInt(a >>> 0) << 32n) | BigInt(b >>> 0);
}
