/** What the top bar says follows from the state alone. */
import { describe, expect, it } from 'vitest';
import { newFootageId, newPromptId, type ObjectId } from '../../core/base/ids';
import { loggedModel, type HydratedModel } from '../../core/models/modelStatus';
import type { FrameMask } from '../../core/track/maskTrack';
import type { PropagationJob } from '../../state/maskflowState';
import { createMaskflowStore, type MaskflowStore } from '../../state/store';
import { exportText, propagateText } from '../text';
import { backgroundText } from '../text/studyText';
import { backgroundJob } from './backgroundJob';
import { activityText, engineText, engineTitle } from './engineText';
import { exportBlocker, exportSummary } from './exportSummary';
import { guideSentence, guideStep } from './guide';
import { introductionNumber, introductionStep, setIntroductionWanted, takeMark } from './introduction';
import { propagationText } from './jobText';
import { propagateBlocker, redrawBlocker } from './propagateReadiness';

const mask: FrameMask = {
  rle: { size: [2, 2], counts: Uint32Array.of(0, 4) },
  box: [0, 0, 2, 2],
  areaPx: 4,
  predictedIou: 0.9,
};

const hydrated: HydratedModel = {
  variant: 'fp32',
  checkpointName: 'vit.pth',
  checkpointBytes: 9,
  checkpointSha256: null,
  isOfficial: null,
  weightsSha256: null,
  storedBytes: 9,
  hydratedAtMs: 0,
  graphs: [],
};

const readyInfo = {
  provider: 'wasm',
  adapter: null,
  threads: 2,
  fallbackReason: null,
  modelName: 'MobileSAM',
} as const;

function openedStore(): { store: MaskflowStore; objectId: ObjectId } {
  const store = createMaskflowStore();
  store.getState().replaceFootage({
    footageId: newFootageId(),
    name: 'clip.mp4',
    kind: 'video',
    decoder: 'webcodecs',
    width: 2,
    height: 2,
    frameTable: { timestampsSec: Float64Array.of(0, 0.1, 0.2, 0.3), lastDurationSec: 0.1 },
    frameRate: 10,
    frameNames: null,
    codec: 'avc1',
    notes: [],
  });
  store.getState().setEngine({ kind: 'ready', info: readyInfo });
  const objectId = store.getState().activeObjectId;
  if (objectId === null) {
    throw new Error('a fresh annotation has an active label');
  }
  return { store, objectId };
}

describe('introductionStep', () => {
  it('goes from prompting to propagating to reviewing', () => {
    const { store } = openedStore();
    expect(introductionStep('open')).toBeNull();
    expect(introductionStep(guideStep(store.getState())!)).toBe(1);
    expect(introductionStep('propagate')).toBe(2);
    expect(introductionStep('doubtful')).toBe(3);
  });
});

describe('takeMark', () => {
  it('marks the part of each step once, and again in the next introduction', () => {
    setIntroductionWanted(true);
    const mark = (place: 1 | 3): boolean => takeMark(introductionNumber(), place);
    expect([mark(1), mark(3), mark(1), mark(3)]).toEqual([true, true, false, false]);
    setIntroductionWanted(true);
    expect(mark(3)).toBe(true);
  });
});

describe('guideStep', () => {
  it('leads from opening to review', () => {
    expect(guideStep(createMaskflowStore().getState())).toBe('open');
    const { store, objectId } = openedStore();
    expect(guideStep(store.getState())).toBe('draw');
    store
      .getState()
      .addPrompt({ id: newPromptId(), frameIndex: 0, kind: 'box', objectId, box: [0, 0, 1, 1] });
    store.getState().setEncodingFrame(0);
    expect(guideStep(store.getState())).toBe('wait');
    store.getState().setEncodingFrame(null);
    expect(guideStep(store.getState())).toBeNull();
    store.getState().setFrameMasks('prompted', 0, [[objectId, mask]]);
    expect(guideStep(store.getState())).toBe('propagate');
    store.getState().setFrameMasks('propagated', 1, [[objectId, mask]]);
    expect(guideStep(store.getState())).toBe('review');
  });

  it('says that background points alone are not enough', () => {
    const { store } = openedStore();
    store
      .getState()
      .addPrompt({ id: newPromptId(), frameIndex: 0, kind: 'sharedPoint', point: { x: 0, y: 0 } });
    expect(guideStep(store.getState())).toBe('onlyBackground');
  });

  it('says so too where other frames or labels have masks', () => {
    const { store, objectId } = openedStore();
    const state = store.getState();
    const point = { x: 0, y: 0 };
    state.addPrompt({ id: newPromptId(), frameIndex: 0, kind: 'box', objectId, box: [0, 0, 1, 1] });
    state.setFrameMasks('prompted', 0, [[objectId, mask]]);
    state.addPrompt({ id: newPromptId(), frameIndex: 0, kind: 'sharedPoint', point });
    expect(guideStep(store.getState())).toBe('propagate');
    const second = state.addLabel();
    state.addPrompt({
      id: newPromptId(),
      frameIndex: 0,
      kind: 'point',
      objectId: second.objectId,
      label: 0,
      point,
    });
    expect(guideStep(store.getState())).toBe('onlyBackground');
    state.setActiveLabel(objectId);
    expect(guideStep(store.getState())).toBe('propagate');
    state.addPrompt({ id: newPromptId(), frameIndex: 2, kind: 'sharedPoint', point });
    state.seek(2);
    expect(guideStep(store.getState())).toBe('onlyBackground');
  });

  it('asks for a box around a label that has nothing, by its name', () => {
    const { store, objectId } = openedStore();
    const state = store.getState();
    state.addPrompt({ id: newPromptId(), frameIndex: 0, kind: 'box', objectId, box: [0, 0, 1, 1] });
    state.setFrameMasks('prompted', 0, [[objectId, mask]]);
    const second = state.addLabel();
    expect(guideStep(store.getState())).toBe('drawLabel');
    expect(guideSentence('drawLabel', 'cost $& dye')).toBe('Draw a box around cost $& dye.');
    // A run leaves empty masks for a label without a prompt.
    state.setFrameMasks('propagated', 1, [
      [objectId, mask],
      [second.objectId, { ...mask, areaPx: 0, box: null }],
    ]);
    expect(guideStep(store.getState())).toBe('drawLabel');
    state.addPrompt({
      id: newPromptId(),
      frameIndex: 0,
      kind: 'box',
      objectId: second.objectId,
      box: [0, 0, 1, 1],
    });
    state.setPredictingFrame(0);
    expect(guideStep(store.getState())).toBe('wait');
    state.setFrameMasks('prompted', 0, [[second.objectId, mask]]);
    expect(guideStep(store.getState())).toBe('review');
  });

  it('leads to doubtful frames, and on a corrected frame beside them to propagating again', () => {
    const { store, objectId } = openedStore();
    const state = store.getState();
    state.addPrompt({ id: newPromptId(), frameIndex: 0, kind: 'box', objectId, box: [0, 0, 1, 1] });
    state.setFrameMasks('prompted', 0, [[objectId, mask]]);
    [1, 2, 3].forEach((frame) =>
      state.setFrameMasks('propagated', frame, [
        [objectId, { ...mask, confidence: frame === 3 ? 0.2 : 0.9 }],
      ]),
    );
    expect(guideStep(store.getState())).toBe('repropagate');
    expect(guideSentence('repropagate', '')).toContain('Shift+R');
    state.acceptFrame(2);
    expect(guideStep(store.getState())).toBe('doubtful');
    state.seek(2);
    expect(guideStep(store.getState())).toBe('repropagate');
    state.acceptFrame(3);
    expect(guideStep(store.getState())).toBe('review');
  });

  it('tells what to do on a frame without masks while others have some', () => {
    const { store, objectId } = openedStore();
    const state = store.getState();
    state.addPrompt({ id: newPromptId(), frameIndex: 0, kind: 'box', objectId, box: [0, 0, 1, 1] });
    state.setFrameMasks('prompted', 0, [[objectId, mask]]);
    state.seek(2);
    expect(guideStep(store.getState())).toBe('emptyFrame');
    state.seek(0);
    expect(guideStep(store.getState())).toBe('propagate');
  });

  it('asks for a label when there is none', () => {
    const { store, objectId } = openedStore();
    store.getState().deleteLabel(objectId);
    expect(guideStep(store.getState())).toBe('addLabel');
  });
});

describe('propagateBlocker', () => {
  it('gives the reason that stands in the way', () => {
    expect(propagateBlocker(createMaskflowStore().getState())).toBe(propagateText.noFootage);
    const { store, objectId } = openedStore();
    expect(propagateBlocker(store.getState())).toBe(propagateText.noMasks);
    store.getState().setFrameMasks('prompted', 0, [[objectId, { ...mask, areaPx: 0 }]]);
    expect(propagateBlocker(store.getState())).toBe(propagateText.noMasks);
    store.getState().setFrameMasks('prompted', 0, [[objectId, mask]]);
    expect(propagateBlocker(store.getState())).toBeNull();
    store.getState().setInFrame(1);
    expect(propagateBlocker(store.getState())).toBe(propagateText.outsideRange);
    store.getState().resetRange();
    store.getState().setEngine({ kind: 'failed' });
    expect(propagateBlocker(store.getState())).toBe(propagateText.engineNotReady);
  });
});

describe('a study or replay with its dialog closed', () => {
  const studyJob = {
    method: 'Memory',
    methodsDone: 1,
    methodCount: 3,
    framesDone: 4,
    frameCount: 8,
    secondsLeft: 40,
    isStopping: false,
  };
  const replayJob = { step: 'Propagation', done: 3, total: 12, secondsLeft: 260 };

  it('is told with its progress, by its name, and not while its own dialog shows it', () => {
    const { store } = openedStore();
    const tell = () => backgroundJob(store.getState());
    expect(tell()).toBeNull();
    store.getState().setStudyData({ studyJob });
    expect(tell()).toMatchObject({
      tool: 'study',
      words: 'Study: method 2/3, frame 5/8',
      details: 'Memory: frame 5 of 8, method 2 of 3 · 40 s left of this method',
      fraction: 0.5,
    });
    store.getState().setStudyData({ openTool: 'study' });
    expect(tell()).toBeNull();
    store.getState().setStudyData({ openTool: 'provenance' });
    expect(tell()).toMatchObject({ tool: 'study' });
    store.getState().setStudyData({ openTool: null, studyJob: null, replayJob });
    expect(tell()).toMatchObject({
      tool: 'provenance',
      words: 'Replay of the log: 3/12',
      details: 'Propagation: 3 of 12 · 4 min 20 s left',
      fraction: 0.25,
    });
  });

  it('keeps runs from starting, and says why', () => {
    const { store, objectId } = openedStore();
    store.getState().setFrameMasks('prompted', 0, [[objectId, mask]]);
    store.getState().setFrameMasks('propagated', 1, [[objectId, mask]]);
    const blockers = () => [propagateBlocker(store.getState()), redrawBlocker(store.getState())];
    expect(blockers()).toEqual([null, null]);
    store.getState().setStudyData({ studyJob });
    expect(blockers()).toEqual([backgroundText.studyRuns, backgroundText.studyRuns]);
    store.getState().setStudyData({ studyJob: null, replayJob });
    expect(blockers()).toEqual([backgroundText.replayRuns, backgroundText.replayRuns]);
  });
});

describe('exportSummary', () => {
  it('numbers objects, leaves competitors out and counts empty frames', () => {
    const { store, objectId } = openedStore();
    expect(exportBlocker(store.getState())).toBe(exportText.noMasks);
    const floor = store.getState().addLabel('competitor');
    store.getState().updateLabel(objectId, { name: 'dye' });
    store.getState().setFrameMasks('prompted', 0, [[objectId, mask]]);
    store.getState().setFrameMasks('propagated', 1, [[objectId, mask]]);
    store.getState().setFrameMasks('propagated', 2, [[floor.objectId, mask]]);
    expect(exportBlocker(store.getState())).toBeNull();
    expect(exportSummary(store.getState())).toEqual({
      frames: 'frames 0 to 3 (4 files)',
      numbered: ['1 dye'],
      leftOut: [floor.name],
      emptyFrames: 2,
      binaryMasks: null,
    });
    store.getState().setSoftExported(true);
    expect(exportSummary(store.getState()).binaryMasks).toBe(2);
    store.getState().updateLabel(objectId, { role: 'competitor' });
    expect(exportBlocker(store.getState())).toBe(exportText.noObjects);
  });

  it('counts no frame as empty that a void region holds on', () => {
    const { store, objectId } = openedStore();
    store.getState().setFrameMasks('prompted', 0, [[objectId, mask]]);
    expect(exportSummary(store.getState()).emptyFrames).toBe(3);
    const region = store.getState().addLabel('void');
    store.getState().setFrameMasks('prompted', 2, [[region.objectId, mask]]);
    expect(exportSummary(store.getState()).emptyFrames).toBe(0);
    store.getState().setFrameMasks('prompted', 3, [[region.objectId, { ...mask, box: null, areaPx: 0 }]]);
    expect(exportSummary(store.getState()).emptyFrames).toBe(1);
  });

  it('looks only between the in and out points', () => {
    const { store, objectId } = openedStore();
    store.getState().setFrameMasks('prompted', 0, [[objectId, mask]]);
    store.getState().setInFrame(2);
    expect(exportBlocker(store.getState())).toBe(exportText.noMasks);
  });
});

describe('propagationText', () => {
  const job: PropagationJob = {
    kind: 'propagate',
    framesDone: 12,
    frameCount: 149,
    lastFrame: 12,
    framesPerSec: 0.3,
    secondsLeft: 260,
    state: 'running',
  };

  it.each<[Partial<PropagationJob>, string]>([
    [{}, '12 / 149 frames · 0.3 frames/s · 4 min 20 s left'],
    [{ framesDone: 0, framesPerSec: null, secondsLeft: null }, '0 / 149 frames'],
    [{ drawnBy: 'XMem', framesDone: 0, framesPerSec: null, secondsLeft: null }, 'XMem: 0 / 149 frames'],
    [{ framesPerSec: 0.05, secondsLeft: 2740 }, '12 / 149 frames · 20 s per frame · 46 min left'],
    [{ hasTwoPasses: true }, '12 / 149 frames in two passes · 0.3 frames/s · 4 min 20 s left'],
    [{ state: 'paused' }, '12 / 149 frames · 0.3 frames/s · paused'],
    [{ state: 'stopping' }, '12 / 149 frames · 0.3 frames/s · stopping'],
    [{ framesPerSec: 24.6, secondsLeft: 5 }, '12 / 149 frames · 25 frames/s · 5 s left'],
    [{ loading: 'XMem' }, 'Loading XMem…'],
    [{ loading: 'XMem', state: 'paused' }, 'Loading XMem, then paused'],
    [{ loading: 'XMem', state: 'stopping' }, '12 / 149 frames · 0.3 frames/s · stopping'],
  ])('%j', (change, text) => {
    expect(propagationText({ ...job, ...change })).toBe(text);
  });
});

describe('a model that was brought to this device', () => {
  const info = { ...readyInfo, modelName: 'SAM ViT-B', modelId: 'sam-vit-b' } as const;
  const engine = { kind: 'ready', info } as const;

  it('is named in the badge, before what it runs on', () => {
    expect(engineText(engine)).toBe('SAM ViT-B · WASM');
    expect(engineText({ kind: 'ready', info: { ...info, provider: 'webgpu', adapter: 'Apple M3' } })).toBe(
      'SAM ViT-B · WebGPU',
    );
  });

  it.each([
    [{ isOfficial: true }, 'weights of the official file'],
    [{ isOfficial: false }, 'weights not of the official file'],
    [{ isOfficial: false, statedBy: 'files.test' }, 'weights of the file that files.test stated'],
    [{ isOfficial: null }, 'weights of a file whose official hash is not known here'],
  ])('is told with precision and origin of its weights: %j', (origin, words) => {
    const kept = { ...hydrated, variant: 'fp16', ...origin } as const;
    expect(engineTitle(engine, kept)).toBe(`SAM ViT-B, 16-bit, ${words} · WASM · 2 threads`);
  });

  it('is told by the weights that were loaded, not by those that came since', () => {
    const loaded = loggedModel('sam-vit-b', { ...hydrated, isOfficial: false });
    const words = engineTitle(
      { kind: 'ready', info: { ...info, loaded } },
      { ...hydrated, variant: 'fp16', isOfficial: true },
    );
    expect(words).toBe('SAM ViT-B, 32-bit, weights not of the official file · WASM · 2 threads');
  });
});

describe('engineText', () => {
  it('names the provider, the loading phase and the activity', () => {
    expect(engineText({ kind: 'ready', info: readyInfo })).toBe('WASM · 2 threads');
    expect(engineText({ kind: 'ready', info: { ...readyInfo, threads: 1 } })).toBe('WASM · 1 thread');
    expect(
      engineText({ kind: 'ready', info: { ...readyInfo, provider: 'webgpu', adapter: 'Apple M3' } }),
    ).toBe('WebGPU · Apple M3');
    const bundled = engineTitle({ kind: 'ready', info: readyInfo }, undefined);
    expect(bundled).toBe('MobileSAM, weights that come with the app · WASM · 2 threads');
    expect(engineText({ kind: 'loading', phase: 'Loading', fraction: 0.434 })).toBe('Loading 43 %');
    expect(engineText({ kind: 'failed' })).toBe('Engine failed');
    expect(activityText(0, null)).toBe('Preparing frame 0 for prompting…');
    expect(activityText(null, 7)).toBe('Drawing masks on frame 7…');
    expect(activityText(null, null)).toBeNull();
  });
});
