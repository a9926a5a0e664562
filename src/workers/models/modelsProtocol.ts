/** What may be asked of the models worker, which alone writes weights of models. */
import type { JobId } from '../../core/base/ids';
import type { HydrationOutcome, HydrationProgress, PartialDownload } from '../../core/models/hydration';
import type { ModelOffer } from '../../core/models/modelOffer';
import type { HydratedModel, ModelVariant } from '../../core/models/modelStatus';
import type { ModelId } from '../../core/models/shelf';

export type HydrationRequest = {
  /** The official file, or where to download it from. */
  readonly from: File | string;
  readonly variant: ModelVariant;
};

export type ReadyModel = { readonly id: ModelId; readonly model: HydratedModel };

/** `modelsUrl` is the folder of the manifests: absolute, ends in `/`. */
export interface ModelsService {
  /** Models whose weights are on this device; fetches nothing. */
  hydrated(): Promise<readonly ReadyModel[]>;
  /** What can be had of each model in this build; models without a manifest are left out. */
  offers(modelsUrl: string): Promise<readonly ModelOffer[]>;
  /** `refused` for files that do not fit; rejects for the network, the disk, or a cancel. */
  hydrate(
    id: ModelId,
    modelsUrl: string,
    request: HydrationRequest,
    onProgress: (progress: HydrationProgress) => void,
    jobId: JobId,
  ): Promise<HydrationOutcome>;
  /** Removes the weights and whatever was downloaded for them. */
  remove(id: ModelId): Promise<void>;
  /** Downloads that are kept to go on from, also one that is going on. */
  partialDownloads(): Promise<readonly PartialDownload[]>;
  discardDownload(id: ModelId): Promise<void>;
  cancel(jobId: JobId): void;
}
