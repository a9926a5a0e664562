/** The shelf of models as this device has it. */
import type { HostEnquiry } from '../../core/models/hostStatement';
import type { PartialDownload } from '../../core/models/hydration';
import type { ModelOffer } from '../../core/models/modelOffer';
import type { HydratedModel, ModelArrival } from '../../core/models/modelStatus';
import type { MeasuredModel } from '../../core/models/modelTest';
import type { ModelId } from '../../core/models/shelf';
import type { UserMessage } from '../../core/base/errors';

/** Models whose weights are on this device. The one that comes with the app needs none, and is not in it. */
export type HydratedModels = Readonly<Partial<Record<ModelId, HydratedModel>>>;

export type ModelTestState =
  /** One that is stopped ends with the picture that it is at. */
  | { readonly kind: 'running'; readonly isStopping?: true }
  | { readonly kind: 'done'; readonly measured: MeasuredModel }
  | { readonly kind: 'failed'; readonly message: UserMessage };

export type ModelsSlice = {
  hydratedModels: HydratedModels;
  /** Weights of an earlier version that lie on this device and are of no use with this one's graphs. */
  outdatedModels: HydratedModels;
  /** What is being brought here, and what could not be. */
  modelArrivals: Readonly<Partial<Record<ModelId, ModelArrival>>>;
  /** What can be had of each model; null until it has been asked for. A model that is not in it is not in this build. */
  modelOffers: Readonly<Partial<Record<ModelId, ModelOffer>>> | null;
  /** Hosts that the user wants to download from, and what they said. */
  hostEnquiries: Readonly<Partial<Record<ModelId, HostEnquiry>>>;
  /** Bytes that the browser has room for; null where it does not say. */
  roomBytes: number | null;
  /** Broken downloads that are kept, to go on where they stopped. */
  partialDownloads: readonly PartialDownload[];
  modelTests: Readonly<Partial<Record<ModelId, ModelTestState>>>;
  /** Folder of copies of the official files, as an address; '' for none. */
  modelMirror: string;
  /** Whether the graphics card computes with 16-bit numbers; null until it has been asked. */
  hasHalfPrecision: boolean | null;
  /** The model that the models page is opened at; null: at its top. */
  shownModel: ModelId | null;
  /** Null: its weights are not on this device. */
  setHydratedModel(id: ModelId, model: HydratedModel | null): void;
  /** Null: none of an earlier version are on this device. */
  setOutdatedModel(id: ModelId, model: HydratedModel | null): void;
  /** Null forgets how bringing it here went. */
  setModelArrival(id: ModelId, arrival: ModelArrival | null): void;
  /** Null forgets what was asked. */
  setHostEnquiry(id: ModelId, enquiry: HostEnquiry | null): void;
  /** Null forgets the last test. */
  setModelTest(id: ModelId, test: ModelTestState | null): void;
  setModelsData(
    change: Partial<
      Pick<ModelsSlice, 'modelOffers' | 'partialDownloads' | 'roomBytes' | 'modelMirror' | 'hasHalfPrecision'>
    >,
  ): void;
  /** Opens the models page. */
  showModels(id: ModelId | null): void;
};
