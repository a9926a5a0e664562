/** What is known about the running engine. */
import type { ModelFile } from '../models/modelFile';
import type { LoggedModel } from '../models/modelStatus';
import type { ModelId } from '../models/shelf';

export type Provider = 'webgpu' | 'wasm';

export type EngineInfo = {
  readonly provider: Provider;
  /** GPU adapter in words ("Apple M3"); null on WASM. */
  readonly adapter: string | null;
  /** WASM threads in use (1 when the page is not cross-origin isolated). */
  readonly threads: number;
  /** Why the better provider is not in use, in the user's words; null when it is. */
  readonly fallbackReason: string | null;
  /** Name of the model in words ("MobileSAM"). */
  readonly modelName: string;
  /** Left out where they are not known. */
  readonly modelFiles?: readonly ModelFile[];
  /** Left out for models that are not on the shelf. */
  readonly modelId?: ModelId;
  /** The weights that were loaded of it, as the log names them; left out with `modelId`. */
  readonly loaded?: LoggedModel;
  /** SHA-256 of the official file that the weights came from; null where nobody counted. */
  readonly checkpointSha256?: string | null;
  /** `seeded weights`: whoever made this version of Maskflow could run the model with made-up weights only. */
  readonly testedWith?: 'seeded weights' | 'official weights';
};
