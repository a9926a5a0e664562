/** The workers the use cases talk to, as far as they need them; tests hand in their own. */
import type { CompareClient } from '../workers/compare/compareClient';
import type { ExportClient } from '../workers/export/exportClient';
import type { FootageClient } from '../workers/footage/footageClient';
import type { ImportClient } from '../workers/import/importClient';
import type { MeasureClient } from '../workers/measure/measureClient';
import type { ModelsClient } from '../workers/models/modelsClient';
import type { SegmentClient } from '../workers/segment/segmentClient';
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
  | 'prepare'
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

export type ModelsService = Pick<
  ModelsClient,
  | 'hydrated'
  | 'offers'
  | 'ask'
  | 'whose'
  | 'hydrate'
  | 'remove'
  | 'keptTests'
  | 'keepTest'
  | 'partialDownloads'
  | 'discardDownload'
>;

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
