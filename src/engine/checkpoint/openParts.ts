/** Opens the parts of a checkpoint, each once however many tensors lie in it. */
import type { CheckpointPart } from '../../core/checkpoint/checkpointIndex';
import { refuse } from '../../core/checkpoint/checkpointProblem';
import { readZipEntryStart, type ZipEntry } from '../../core/checkpoint/zipDirectory';
import type { ByteSource } from './byteSource';
import { InflatedEntry } from './inflatedEntry';
import { runPlan } from './runPlan';
import type { StoredPlace } from './storedChecks';

/** Reads bytes of one part of a checkpoint. Rejects with a CheckpointProblem for damaged ones. */
export type PartReader = {
  read(offset: number, lengthBytes: number): Promise<Uint8Array<ArrayBuffer>>;
};

/** Entries that are being unpacked; each may hold 16 MB. */
const MAX_UNPACKING = 4;

export class OpenParts {
  readonly #source: ByteSource;
  readonly #signal: AbortSignal | undefined;
  readonly #starts = new Map<ZipEntry, number>();
  readonly #inflated = new Map<ZipEntry, InflatedEntry>();
  #unpacking: readonly InflatedEntry[] = [];

  constructor(source: ByteSource, signal?: AbortSignal) {
    this.#source = source;
    this.#signal = signal;
  }

  /** What was opened four others ago begins anew. */
  async open(part: CheckpointPart): Promise<PartReader> {
    if (part.kind === 'stretch') {
      return this.#stretch(part.offset, part.sizeBytes);
    }
    const { entry } = part;
    const start = await this.#startOf(entry);
    if (entry.method === 'stored') {
      return this.#stretch(start, entry.sizeBytes);
    }
    const inflated = this.#inflated.get(entry) ?? new InflatedEntry(this.#source, entry, start, this.#signal);
    this.#inflated.set(entry, inflated);
    await this.#unpack(inflated);
    return inflated;
  }

  /** Where those parts lie that are entries of a ZIP and lie in it as they are. */
  async storedPlaces(parts: readonly CheckpointPart[]): Promise<StoredPlace[]> {
    const entries = new Set(parts.flatMap((part) => (part.kind === 'zipEntry' ? [part.entry] : [])));
    const places: StoredPlace[] = [];
    for (const entry of entries) {
      if (entry.method === 'stored') {
        places.push({ entry, start: await this.#startOf(entry) });
      }
    }
    return places;
  }

  /** Reads what was unpacked to its end, to check it. */
  async finish(): Promise<void> {
    for (const inflated of this.#inflated.values()) {
      await inflated.finish();
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#unpacking.map((inflated) => inflated.close()));
    this.#unpacking = [];
  }

  async #startOf(entry: ZipEntry): Promise<number> {
    const known = this.#starts.get(entry);
    const start = known ?? (await runPlan(this.#source, readZipEntryStart(entry), this.#signal));
    this.#starts.set(entry, start);
    return start;
  }

  async #unpack(inflated: InflatedEntry): Promise<void> {
    const all = [...this.#unpacking.filter((other) => other !== inflated), inflated];
    this.#unpacking = all.slice(-MAX_UNPACKING);
    await Promise.all(all.slice(0, -MAX_UNPACKING).map((other) => other.close()));
  }

  #stretch(start: number, sizeBytes: number): PartReader {
    return {
      read: async (offset, lengthBytes) => {
        if (offset + lengthBytes > sizeBytes) {
          refuse('a tensor reaches over the end of its numbers');
        }
        return await this.#source.read(start + offset, lengthBytes);
      },
    };
  }
}
