/** The whole screen over the real store, with use cases that only note that they were called. */
import { createRoot } from 'react-dom/client';
import type { MaskflowApp } from '../../app/maskflowApp';
import { cancelledError } from '../../core/base/errors';
import { newFootageId, newPromptId } from '../../core/base/ids';
import { encodeRle } from '../../core/mask/rle';
import type { FrameMask } from '../../core/track/maskTrack';
import { createMaskflowStore } from '../../state/store';
import { App } from '../App';
import { AppContext } from '../hooks/useMaskflow';

const width = 64;
const height = 36;

export type RecordingApp = MaskflowApp & {
  /** The arguments of every call of a use case so far. */
  callsOf(name: keyof MaskflowApp): unknown[][];
};

export function recordingApp(): RecordingApp {
  const calls: [name: keyof MaskflowApp, args: unknown[]][] = [];
  const noting =
    (name: keyof MaskflowApp) =>
    (...args: unknown[]): void => {
      calls.push([name, args]);
    };
  const notingAsync =
    (name: keyof MaskflowApp) =>
    async (...args: unknown[]): Promise<void> => {
      calls.push([name, args]);
    };
  return {
    store: createMaskflowStore(),
    thumbnails: { get: () => null, want: () => undefined, onChange: () => () => undefined },
    callsOf: (name) => calls.filter(([called]) => called === name).map(([, args]) => args),
    projects: quietProjects(),
    comparison: {
      score: notingAsync('comparison'),
      stop: notingAsync('comparison'),
      importReference: notingAsync('comparison'),
      finishReference: notingAsync('comparison'),
      cancelReference: notingAsync('comparison'),
    },
    study: {
      startStudy: notingAsync('study'),
      stopStudy: noting('study'),
      scoreStudy: notingAsync('study'),
      keepStudyResult: notingAsync('study'),
      contactSheet: () => Promise.reject(cancelledError()),
      replayLog: notingAsync('study'),
      stopReplay: noting('study'),
      isBusy: () => false,
      methodsText: async () => 'Masks were made with Maskflow.',
      provenanceText: async () => '{}',
    },
    models: {
      openShelf: notingAsync('models'),
      hydrate: notingAsync('models'),
      cancelHydration: noting('models'),
      askHost: notingAsync('models'),
      endEnquiry: noting('models'),
      readWhereItBelongs: notingAsync('models'),
      readWhoevers: notingAsync('models'),
      discardDownload: notingAsync('models'),
      remove: notingAsync('models'),
      test: notingAsync('models'),
      stopTest: noting('models'),
      setMirror: noting('models'),
      choosePrompting: noting('models'),
    },
    measure: () => Promise.reject(cancelledError()),
    stopMeasuring: noting('stopMeasuring'),
    measureAgain: noting('measureAgain'),
    exportMeasurements: notingAsync('exportMeasurements'),
    cancelMeasurementExport: noting('cancelMeasurementExport'),
    measurementsZip: () => Promise.reject(cancelledError()),
    start: notingAsync('start'),
    applyUpdate: notingAsync('applyUpdate'),
    openFiles: notingAsync('openFiles'),
    openSample: notingAsync('openSample'),
    cancelOpening: noting('cancelOpening'),
    attachPainter: () => () => undefined,
    togglePlay: noting('togglePlay'),
    refineFromMask: noting('refineFromMask'),
    previewMaskPrompt: async () => ({
      before: squareMask().rle,
      after: { width: 256, height: 256, logits: new Float32Array(256 * 256).fill(-18) },
    }),
    propagate: notingAsync('propagate'),
    refineTracks: notingAsync('refineTracks'),
    continueRun: notingAsync('continueRun'),
    pausePropagation: noting('pausePropagation'),
    resumePropagation: noting('resumePropagation'),
    stopPropagation: noting('stopPropagation'),
    exportMasks: notingAsync('exportMasks'),
    exportFormats: notingAsync('exportFormats'),
    videoSupport: async () => ({ mp4: 'avc', webm: 'vp9', alpha: null }),
    cancelExport: noting('cancelExport'),
    retryEngine: notingAsync('retryEngine'),
    importMasks: notingAsync('importMasks'),
    dropFiles: notingAsync('dropFiles'),
    answerDrop: notingAsync('answerDrop'),
    finishImport: notingAsync('finishImport'),
    cancelImport: noting('cancelImport'),
    travelBy: noting('travelBy'),
    undo: noting('undo'),
    redo: noting('redo'),
  };
}

/** A browser that keeps nothing and has nothing kept. */
function quietProjects(): MaskflowApp['projects'] {
  const nothing = async (): Promise<void> => undefined;
  return {
    list: async () => [],
    storageUse: async () => null,
    open: nothing,
    openCopy: nothing,
    startAfresh: nothing,
    rename: nothing,
    duplicate: nothing,
    remove: async () => false,
    saveFile: nothing,
    giveFootage: nothing,
    reopenFootage: nothing,
    dismissQuestion: () => undefined,
    retrySave: nothing,
  };
}

/** Puts the screen on the page and returns how to take it off. */
export function mountScreen(app: MaskflowApp): () => void {
  localStorage.clear();
  document.documentElement.lang = 'en';
  document.title = 'Maskflow';
  const host = document.createElement('div');
  host.id = 'root';
  document.body.append(host);
  const root = createRoot(host);
  root.render(
    <AppContext value={app}>
      <App />
    </AppContext>,
  );
  return () => {
    root.unmount();
    host.remove();
  };
}

/** A rectangle of 200 px, as if SAM had drawn it. */
export function squareMask(): FrameMask {
  const data = new Uint8Array(width * height);
  for (let y = 10; y < 20; y += 1) {
    data.fill(1, y * width + 10, y * width + 30);
  }
  return { rle: encodeRle({ width, height, data }), box: [10, 10, 30, 20], areaPx: 200, predictedIou: 0.981 };
}

/** A clip of 25 fps, with the engine ready. */
export function openClip(store: MaskflowApp['store'], frames = 100): void {
  store.getState().replaceFootage({
    footageId: newFootageId(),
    name: 'two-dyes.mp4',
    kind: 'video',
    decoder: 'webcodecs',
    width,
    height,
    frameTable: {
      timestampsSec: Float64Array.from({ length: frames }, (_, index) => index / 25),
      lastDurationSec: 0.04,
    },
    frameRate: 25,
    frameNames: null,
    codec: 'avc1.64001f',
    notes: ['2 frames before the start of the edit list were left out.'],
  });
  store.getState().setEngine({
    kind: 'ready',
    info: {
      provider: 'wasm',
      adapter: null,
      threads: 2,
      fallbackReason: 'No WebGPU adapter answered.',
      modelName: 'MobileSAM',
    },
  });
}

/** One label with a box, masks on the first two frames, and a competitor. */
export function annotate(store: MaskflowApp['store']): void {
  const state = store.getState();
  const [first] = state.labels;
  if (!first) {
    throw new Error('a fresh annotation has a label');
  }
  const floor = state.addLabel('competitor');
  state.setActiveLabel(first.objectId);
  state.addPrompt({
    id: newPromptId(),
    frameIndex: 0,
    kind: 'box',
    objectId: first.objectId,
    box: [10, 10, 30, 20],
  });
  state.setFrameMasks('prompted', 0, [
    [first.objectId, squareMask()],
    [floor.objectId, squareMask()],
  ]);
  state.setFrameMasks('propagated', 1, [[first.objectId, squareMask()]]);
}
