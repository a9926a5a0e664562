/** The workers the use cases talk to, as far as they need them; tests hand in their own. */
import type { HydrationOutcome, HydrationProgress } from '../core/models/hydration';
import type { ModelOffer } from '../core/models/modelOffer';
import type { HydratedModel } from '../core/models/modelStatus';
import type { ModelId } from '../core/models/shelf';
import type { CompareClient } from '../workers/compare/compareClient';
import type { ExportClient } from '../workers/export/exportClient';
import type { FootageClient } from '../workers/footage/footageClient';
import type { ImportClient } from '../workers/import/importClient';
import type { MeasureClient } from '../workers/measure/measureClient';
import type { SegmentClient } from '../workers/segment/segmentClient';
import type { HydrationOrder } from './models/modelsApp';
import type { StorageClient } from '../workers/storage/storageClient';

export type FootageService = Pick<
  FootageClient,
  'open' | 'getBitmap' | 'getThumbnail' | 'close' | 'connect' | 'onLost'
>;

export type SegmentService = Pick<
  SegmentClient,
  | 'load'
  | 'connectFrames'
  | 'disconnectFrames'
  | 'setFootage'
  | 'setAdjustments'
  | 'encode'
  | 'predict'
  | 'propagate'
  | 'previewMaskPrompt'
  | 'forgetModel'
  | 'selfTest'
  | 'onEngineChange'
  | 'onEngineLost'
>;

export type ExportService = Pick<
  ExportClient,
  'exportZip' | 'exportToFolder' | 'cleanUp' | 'connectFrames' | 'disconnectFrames' | 'videoSupport'
>;

export type ImportService = Pick<ImportClient, 'read' | 'scale' | 'looksLikeMasks'>;

export type MeasureService = Pick<MeasureClient, 'connectFrames' | 'disconnectFrames' | 'measure' | 'zip'>;

export type StorageService = Omit<StorageClient, typeof Symbol.dispose>;

export type ModelsService = {
  /** Models whose weights are on this device; fetches nothing. */
  hydrated(): Promise<readonly { readonly id: ModelId; readonly model: HydratedModel }[]>;
  /** What can be had of each model in this build. */
  offers(): Promise<readonly ModelOffer[]>;
  hydrate(
    id: ModelId,
    order: HydrationOrder,
    options: { signal?: AbortSignal; onProgress?: (progress: HydrationProgress) => void },
  ): Promise<HydrationOutcome>;
  remove(id: ModelId): Promise<void>;
};

/** Scores masks against each other. */
export type CompareScorer = Pick<CompareClient, 'score'>;

export type Services = {
  readonly comparer: CompareScorer;
  readonly footage: FootageService;
  readonly segment: SegmentService;
  readonly exporter: ExportService;
  readonly storage: StorageService;
  readonly importer: ImportService;
  readonly measurer: MeasureService;
  readonly models: ModelsService;
};
