/** Entry of the models worker: dispatches the calls of modelsProtocol. */
import { expose } from 'comlink';
import { keepTest, keptTests } from '../../engine/models/keptTests';
import {
  askAboutFile,
  discardDownload,
  hydratedModels,
  hydrateModel,
  modelOffers,
  removeModel,
} from '../../engine/models/modelShelf';
import { partialDownloads } from '../../engine/models/partialDownloads';
import { cleanUpWeights } from '../../engine/models/shelfStore';
import { whoseFile } from '../../engine/models/whoseCheckpoint';
import { installErrorEnvelope } from '../rpc/errorEnvelope';
import { JobRegistry } from '../rpc/jobs';
import { releasingCallbacks } from '../rpc/releaseCallbacks';
import type { ModelsService } from './modelsProtocol';

const jobs = new JobRegistry();

/** What fails here is tried again at the next start. */
const cleaned = cleanUpWeights().catch((error: unknown) =>
  console.warn('weights were not cleaned up', error),
);

const service: ModelsService = {
  hydrated: (modelsUrl) => hydratedModels(modelsUrl),
  offers: (modelsUrl) => modelOffers(modelsUrl),
  ask: (id, modelsUrl, url, jobId) => jobs.run(jobId, (signal) => askAboutFile(id, modelsUrl, url, signal)),
  whose: (file, modelsUrl) => whoseFile(file, modelsUrl),
  hydrate: (id, modelsUrl, request, onProgress, jobId) =>
    releasingCallbacks([onProgress], () =>
      jobs.run(jobId, async (signal) => {
        await cleaned;
        return await hydrateModel(id, modelsUrl, request, { onProgress, signal });
      }),
    ),
  async remove(id) {
    await cleaned;
    await removeModel(id);
  },
  keptTests: (modelsUrl) => keptTests(modelsUrl),
  keepTest: (id, modelsUrl, measured) => keepTest(id, modelsUrl, measured),
  partialDownloads: () => partialDownloads(),
  discardDownload: (id) => discardDownload(id),
  cancel: (jobId) => jobs.cancel(jobId),
};

installErrorEnvelope();
expose(service);
