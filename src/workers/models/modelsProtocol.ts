/** What may be asked of the models worker, which alone writes weights of models. */
import type { JobId } from '../../core/base/ids';
import type { HydrationOutcome, HydrationProgress, PartialDownload } from '../../core/models/hydration';
import type { HostStatement } from '../../core/models/hostStatement';
import type { ModelOffer } from '../../core/models/modelOffer';
import type { HydratedModel, ModelVariant } from '../../core/models/modelStatus';
import type { MeasuredModel } from '../../core/models/modelTest';
import type { ModelId } from '../../core/models/shelf';

export type HydrationRequest = {
  /** The official file, or where to download it from. */
  readonly from: File | string;
  readonly variant: ModelVariant;
  /** What the host said of the file before the download; left out where it was not asked. */
  readonly stated?: HostStatement;
};

/** What a self-test found on this device, of the weights that are here. */
export type TestedModel = { readonly id: ModelId; readonly measured: MeasuredModel };

export type ReadyModel = {
  readonly id: ModelId;
  readonly model: HydratedModel;
  /** The weights are of an earlier version and of no use with this one's graphs; left out for others. */
  readonly isOutdated?: true;
};

/** `modelsUrl` is the folder of the manifests: absolute, ends in `/`. */
export interface ModelsService {
  /** Models whose weights are on this device; fetches only the manifests of those. */
  hydrated(modelsUrl: string): Promise<readonly ReadyModel[]>;
  /** What can be had of each model in this build; models without a manifest are left out. */
  offers(modelsUrl: string): Promise<readonly ModelOffer[]>;
  /**
   * What the host at an address says of a model's file; nothing of it is downloaded. Rejects where the host is not
   * reached, does not answer as expected, or contradicts what is known here of the file.
   */
  ask(id: ModelId, modelsUrl: string, url: string, jobId: JobId): Promise<HostStatement>;
  /** The model whose weights a file holds; null for none on the shelf. Rejects with `checkpoint-unreadable`. */
  whose(file: File, modelsUrl: string): Promise<ModelId | null>;
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
  /** Of the weights, graphs and official figures that are here now. */
  keptTests(modelsUrl: string): Promise<readonly TestedModel[]>;
  keepTest(id: ModelId, modelsUrl: string, measured: MeasuredModel): Promise<void>;
  /** Downloads that are kept to go on from, also one that is going on. */
  partialDownloads(): Promise<readonly PartialDownload[]>;
  discardDownload(id: ModelId): Promise<void>;
  cancel(jobId: JobId): void;
}
