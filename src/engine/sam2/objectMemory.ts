/** What is kept of one object: memories of given frames, and of the last tracked ones. Bounded, all on the CPU. */
import { assert } from '../../core/base/assert';
import {
  stillReadable,
  type BankLimits,
  type Direction,
  type MemoryChoice,
} from '../../core/memory/promptedBank';
import type { FrameMemory, MemoryRead } from './network';

/** Maps of given frames are kept for so many reads' worth of places before the least used is dropped. */
const KEPT_READS = 2;

export class ObjectMemory {
  readonly #limits: BankLimits;
  readonly #correctable: number;
  /** In order of use. A map is null when it was dropped; its pointer stays. */
  readonly #given = new Map<number, { map: Float32Array | null; readonly pointer: Float32Array }>();
  /** A map is null once no later frame can read it. */
  readonly #tracked = new Map<number, { map: Float32Array | null; readonly pointer: Float32Array }>();

  /** `correctable`: so many frames back a correction may go and still find what the frames before it left. */
  constructor(limits: BankLimits, correctable: number) {
    this.#limits = limits;
    this.#correctable = correctable;
  }

  /** Frames whose memory was tracked and can still be read. */
  get trackedFrames(): number[] {
    return [...this.#tracked.keys()];
  }

  /** Bytes held; bounded whatever the clip's length, but for a pointer for each given frame. */
  get sizeBytes(): number {
    return [...this.#given.values(), ...this.#tracked.values()].reduce(
      (bytes, { map, pointer }) => bytes + (map?.byteLength ?? 0) + pointer.byteLength,
      0,
    );
  }

  /** Whether a given frame's map is at hand. */
  hasMap(frameIndex: number): boolean {
    return Boolean(this.#given.get(frameIndex)?.map);
  }

  /** Whether a given frame's pointer is at hand. */
  hasPointer(frameIndex: number): boolean {
    return this.#given.has(frameIndex);
  }

  /** The frame is conditioning from now on: what was tracked there is forgotten. */
  addGiven(frameIndex: number, memory: FrameMemory): void {
    this.#tracked.delete(frameIndex);
    this.#given.delete(frameIndex);
    this.#given.set(frameIndex, { ...memory });
  }

  /** Forgets a given frame's memory, since what was given there has changed. */
  forgetGiven(frameIndex: number): void {
    this.#given.delete(frameIndex);
  }

  /** The memory of the frame just tracked; what no later frame reads is forgotten. */
  addTracked(frameIndex: number, memory: FrameMemory, direction: Direction): void {
    this.#tracked.set(frameIndex, { ...memory });
    const reader = frameIndex - direction * this.#correctable;
    for (const [frame, entry] of this.#tracked) {
      const { map, pointer } = stillReadable(frame, reader, direction, this.#limits);
      entry.map = map ? entry.map : null;
      if (!map && !pointer) {
        this.#tracked.delete(frame);
      }
    }
  }

  /**
   * Forgets the tracked frames from `frameIndex` on, in running order. When the run thereby goes back, also those before
   * it of which only the pointer is left.
   */
  forgetTracked(frameIndex: number, direction: Direction): void {
    const after = this.trackedFrames.filter((frame) => (frame - frameIndex) * direction >= 0);
    for (const [frame, { map }] of this.#tracked) {
      if (after.includes(frame) || (after.length > 0 && !map)) {
        this.#tracked.delete(frame);
      }
    }
  }

  /** Forgets all that was tracked. */
  startOver(): void {
    this.#tracked.clear();
  }

  /** What was chosen, as it is kept. All chosen given frames must be here. `isDroppable`: can be made again. */
  read({ maps, pointers }: MemoryChoice, isDroppable: (givenFrame: number) => boolean): MemoryRead {
    const read = {
      maps: maps.map(({ frameIndex, isConditioning, row }) => {
        const map = (isConditioning ? this.#use(frameIndex) : this.#tracked.get(frameIndex))?.map;
        assert(map, 'a chosen map is kept');
        return { map, row };
      }),
      pointers: pointers.map(({ frameIndex, isConditioning, distance }) => {
        const entry = (isConditioning ? this.#given : this.#tracked).get(frameIndex);
        assert(entry, 'a chosen pointer is kept');
        return { pointer: entry.pointer, distance };
      }),
      maxDistance: Math.max(1, this.#limits.pointerReach - 1),
    };
    this.#trim(isDroppable);
    return read;
  }

  #use(frameIndex: number): { readonly map: Float32Array | null } | undefined {
    const entry = this.#given.get(frameIndex);
    if (entry) {
      this.#given.delete(frameIndex);
      this.#given.set(frameIndex, entry);
    }
    return entry;
  }

  #trim(isDroppable: (givenFrame: number) => boolean): void {
    const kept = [...this.#given].filter(([, { map }]) => map);
    const excess = kept.length - KEPT_READS * this.#limits.maxMaps;
    kept
      .filter(([frame]) => isDroppable(frame))
      .slice(0, Math.max(0, excess))
      .forEach(([, entry]) => {
        entry.map = null;
      });
  }
}
