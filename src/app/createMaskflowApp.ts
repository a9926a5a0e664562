/** Puts the use cases together over one store and one set of workers. */
import { toUserMessage } from '../core/base/errors';
import { isRunAmong, travelSteps } from '../state/travelHistory';
import type { MaskflowStore } from '../state/store';
import { comparisonOf } from './compare/comparisonApp';
import { MaskExport } from './exportMasks';
import { FrameFeed } from './frameFeed';
import { MaskImport } from './importMasks';
import { measureApp } from './measureApp';
import type { MaskflowApp } from './maskflowApp';
import { mustWaitForWeights } from './models/engineInUse';
import { startModels } from './models/startModels';
import { startShowingModel } from './modelPictures';
import { FootageOpener } from './openFootage';
import { startPlaybackClock } from './playbackClock';
import { startPreparingFrames } from './prepareFrame';
import { startProjects } from './projects/startProjects';
import { ProvenanceRecorder } from './provenance/recorder';
import { PromptFrames } from './promptFrames';
import { MaskRun } from './maskRun';
import { previewMaskPrompt, refineFromMask } from './refineFromMask';
import { runUseCases } from './runUseCases';
import type { Services } from './services';
import { lazyStudy } from './study/lazyStudy';
import { ThumbnailFeed } from './thumbnails';

/** Starts the application: loads the engine in the background and returns what the interface may ask. */
export function createMaskflowApp(store: MaskflowStore, services: Services): MaskflowApp {
  const { footage, segment, exporter, importer } = services;
  segment.connectFrames((port) => void footage.connect(port));
  // A terminated worker closes no port: whoever waits for its pixels has to be told.
  footage.onLost(() => void segment.disconnectFrames());
  exporter.connectFrames((port) => void footage.connect(port));
  footage.onLost(() => exporter.disconnectFrames());
  footage.onLost(() => services.measurer.disconnectFrames());

  const feed = new FrameFeed(store, footage);
  const opener = new FootageOpener(store, services);
  const promptFrames = new PromptFrames(store, segment);
  const recorder = new ProvenanceRecorder(store);
  const run = new MaskRun(store, () => promptFrames.settled(), recorder);
  const study = lazyStudy(store, services, recorder, () => promptFrames.settled());
  const maskExport = new MaskExport(store, exporter, () => study.provenanceText());
  const projects = startProjects(store, services, opener);
  const maskImport = new MaskImport(store, importer, projects.openFiles);
  const thumbnails = new ThumbnailFeed(store, footage);
  startPlaybackClock(store);
  startShowingModel(store, segment, () => promptFrames.settled());
  startPreparingFrames(store, segment);

  const { models, retryEngine } = startModels(store, services, () => study.isBusy());

  /** One run at a time, studies and replays among them. */
  async function whenFree(start: () => Promise<unknown>): Promise<void> {
    if (study.isBusy()) {
      store.getState().showNotice('A study or a replay is using the engine. Stop it, or wait for its end.');
    } else if (!mustWaitForWeights(store)) {
      await start();
    }
  }

  /** A run that is taken back is stopped first; steps taken while it was on leave it alone. */
  function travel(steps: number): void {
    if (isRunAmong(store, steps)) {
      run.stop();
    }
    travelSteps(store, steps);
  }

  return {
    store,
    ...measureApp(store, services),
    thumbnails,
    projects: projects.useCases,
    comparison: comparisonOf(store, services),
    study,
    models,
    start: projects.start,
    applyUpdate: projects.applyUpdate,
    openFiles: projects.openFiles,
    openSample: () => opener.openSample(),
    cancelOpening: () => opener.cancel(),
    attachPainter: (painter, seenSize) => feed.attach(painter, seenSize),
    togglePlay: () => store.getState().setPlaying(!store.getState().isPlaying),
    refineFromMask: (objectId) => refineFromMask(store, objectId),
    previewMaskPrompt: async (objectId) => {
      try {
        return await previewMaskPrompt(store, segment, objectId);
      } catch (error) {
        store.getState().showError(toUserMessage(error));
        return null;
      }
    },
    ...runUseCases(store, segment, { run, whenFree }),
    exportMasks: (target) => maskExport.start(target),
    exportFormats: (order) => maskExport.startOrder(order),
    videoSupport: async () => {
      const open = store.getState().footage;
      return open && (await exporter.videoSupport(open));
    },
    cancelExport: () => maskExport.cancel(),
    retryEngine,
    importMasks: (files) => maskImport.read(files),
    dropFiles: (files) => (projects.isMeant(files) ? projects.openFiles(files) : maskImport.drop(files)),
    answerDrop: (meaning) => maskImport.answerDrop(meaning),
    finishImport: (order) => maskImport.commit(order),
    cancelImport: () => maskImport.cancel(),
    travelBy: travel,
    undo: () => travel(-1),
    redo: () => travel(1),
  };
}
