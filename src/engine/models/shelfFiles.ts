/** A model of the shelf that is ready to start: its graphs, and the weights that go with them. */
import type { GraphManifest } from '../../core/models/graphManifest';
import type { ModelVariant } from '../../core/models/modelStatus';

export type ShelfModelFiles = {
  readonly manifest: GraphManifest;
  readonly variant: ModelVariant;
  /** By their names in the manifest. */
  readonly graphs: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
  /** Data of files on the disk is read when a session is made. */
  readonly weights: readonly { readonly path: string; readonly data: Blob | Uint8Array<ArrayBuffer> }[];
  /** Of the weights as written; null where nobody counted. */
  readonly weightsSha256: string | null;
  /** Of the official file that the weights came from; null where nobody counted. */
  readonly checkpointSha256?: string | null;
};
