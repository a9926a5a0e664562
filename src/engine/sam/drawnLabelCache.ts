/** Logits of prompts already drawn, so that a change of one label draws only that label again. */
import type { PromptSet } from '../../core/prompt/prompt';
import type { DrawnLabel } from './drawer';

/** Room for some 15 labels at 1920x1080. */
const MAX_BYTES = 128 * 1024 * 1024;

export class DrawnLabelCache {
  /** In order of use, oldest first. */
  readonly #entries = new Map<string, DrawnLabel>();
  #sizeBytes = 0;

  get(frameIndex: number, prompts: PromptSet): DrawnLabel | null {
    const key = keyOf(frameIndex, prompts);
    const entry = this.#entries.get(key);
    if (entry) {
      this.#entries.delete(key);
      this.#entries.set(key, entry);
    }
    return entry ?? null;
  }

  set(frameIndex: number, prompts: PromptSet, drawn: DrawnLabel): void {
    this.#remove(keyOf(frameIndex, prompts));
    this.#entries.set(keyOf(frameIndex, prompts), drawn);
    this.#sizeBytes += drawn.logits.data.byteLength;
    for (const oldest of this.#entries.keys()) {
      if (this.#sizeBytes <= MAX_BYTES) {
        return;
      }
      this.#remove(oldest);
    }
  }

  #remove(key: string): void {
    const entry = this.#entries.get(key);
    if (entry) {
      this.#entries.delete(key);
      this.#sizeBytes -= entry.logits.data.byteLength;
    }
  }
}

/** Everything the logits depend on; not the label, for equal prompts draw equal logits. */
function keyOf(frameIndex: number, { points, box, mask }: PromptSet): string {
  return JSON.stringify([
    frameIndex,
    points.map(({ x, y, label }) => [x, y, label]),
    box,
    mask ? mask.counts.join() : null,
  ]);
}
