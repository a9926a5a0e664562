/** The log as real steps write it, undo included, and its replay. */
import { describe, expect, it } from 'vitest';
import type { HydratedModel } from '../../core/models/modelStatus';
import { entriesInForce } from '../../core/provenance/log';
import { parameters } from '../../core/provenance/__fixtures__/logs';
import { methodsFacts } from '../../core/provenance/methodsFacts';
import { methodsParagraph } from '../../core/provenance/methodsParagraph';
import { PROJECT_FORMAT, PROJECT_VERSION } from '../../core/project/projectDocument';
import { restoredContent, storedContent } from '../../core/project/projectContent';
import { beginGesture } from '../../state/gesture';
import type { MaskflowStore } from '../../state/store';
import { travelSteps } from '../../state/travelHistory';
import type { LabelPrompts, PropagationRequest } from '../../workers/segment/segmentProtocol';
import { addPoint, footage, maskOf, one, ready, timings } from '../__fixtures__/appFixtures';
import { MaskRun } from '../maskRun';
import { parseDocument } from '../projects/parseDocument';
import { PromptFrames } from '../promptFrames';
import { propagationRun } from '../propagate';
import { refinementRun } from '../refineTracks';
import { methodsInput } from './methodsInput';
import { ProvenanceRecorder } from './recorder';
import type { ReplayJob } from '../../state/slices/studyState';
import { replayLog } from './replay';

/** Draws masks that depend on what it is told alone; `drift` makes it another engine. */
function engine(drift = 0) {
  return {
    setFootage: () => undefined,
    encode: async () => ({ encodeMs: 0 }),
    predict: async (frameIndex: number, labels: readonly LabelPrompts[]) => ({
      frameIndex,
      timings,
      masks: labels.map(({ prompts }) => ({
        objectId: prompts.objectId,
        mask: maskOf(10 + prompts.points.length + frameIndex + drift),
      })),
    }),
    async *propagate(request: PropagationRequest) {
      const step = Math.sign(request.endFrame - request.startFrame);
      const area = request.startMasks.reduce((sum, { rle }) => sum + (rle.counts[1] ?? 0), 0);
      for (let frame = request.startFrame + step; frame !== request.endFrame + step; frame += step) {
        yield { frameIndex: frame, timings, masks: [{ objectId: one, mask: maskOf(area + frame + drift) }] };
      }
    },
  };
}

function recorded() {
  const store = ready();
  store.temporal.getState().clear();
  const recorder = new ProvenanceRecorder(store, () => 5000);
  const segment = engine();
  const promptFrames = new PromptFrames(store, segment);
  const run = new MaskRun(store, () => promptFrames.settled(), recorder);
  const propagate = (): Promise<void> =>
    run.start('propagate', () => propagationRun(store, segment, 'forward', 'wholeRange'));
  const names = (): string[] => {
    recorder.flush();
    const { provenance, provenanceHead } = store.getState();
    return entriesInForce(provenance, provenanceHead).map(({ name }) => name);
  };
  return { store, recorder, segment, promptFrames, run, propagate, names };
}

/** Weights of a model as they could lie on the device. */
function hydrated(name: string, sha256: string): HydratedModel {
  return {
    variant: 'fp32',
    checkpointName: name,
    checkpointBytes: 9,
    checkpointSha256: sha256,
    weightsSha256: null,
    storedBytes: 9,
    isOfficial: null,
    hydratedAtMs: 0,
    graphs: [{ name: 'key.onnx', sha256: 'cd' }],
  };
}

function paint(store: MaskflowStore, frameIndex: number, area: number): void {
  store
    .getState()
    .commitEdit({ name: 'Brush', objectIds: [one], fromFrame: frameIndex, toFrame: frameIndex }, [
      { frameIndex, masks: [[one, { ...maskOf(area), edit: 'painted', isAccepted: true }]] },
    ]);
}

describe('The recorder', () => {
  it('writes an entry for every step, and keeps what was taken back out of force', () => {
    const { store, names } = recorded();
    addPoint(store, 0);
    paint(store, 2, 9);
    store.getState().addLabel();
    expect(names()).toEqual(['Add foreground point of label 1, frame 0', 'Brush, frame 2', 'Add label 2']);
    travelSteps(store, -2);
    expect(names()).toEqual(['Add foreground point of label 1, frame 0']);
    travelSteps(store, 1);
    expect(names()).toEqual(['Add foreground point of label 1, frame 0', 'Brush, frame 2']);
    paint(store, 3, 4);
    expect(names()).toEqual(['Add foreground point of label 1, frame 0', 'Brush, frame 2', 'Brush, frame 3']);
    const { entries } = store.getState().provenance;
    expect(entries.map(({ name }) => name)).toContain('Add label 2');
    expect(entries).toHaveLength(4);
  });

  it('writes one entry for a gesture, with where it ended, and none for one that was given up', () => {
    const { store, recorder, names } = recorded();
    addPoint(store, 0);
    const [prompt] = store.getState().prompts;
    const end = beginGesture(store);
    for (const x of [2, 3, 4]) {
      store.getState().updatePrompt({ ...prompt!, point: { x, y: 1 } } as typeof prompt & object);
    }
    end();
    expect(names()).toHaveLength(2);
    const moved = store.getState().provenance.entries.at(-1)?.actions[0];
    expect(moved).toMatchObject({ kind: 'prompts', frames: [{ prompts: [{ x: 4, y: 1 }] }] });
    const giveUp = beginGesture(store);
    addPoint(store, 1);
    store.getState().deletePrompt(store.getState().prompts.at(-1)!.id);
    giveUp();
    recorder.flush();
    expect(names()).toHaveLength(2);
  });

  it('tells what a run was asked, which frames it drew, and how it ended', async () => {
    const { store, promptFrames, propagate } = recorded();
    addPoint(store, 0);
    await promptFrames.settled();
    await propagate();
    const action = store
      .getState()
      .provenance.entries.at(-1)
      ?.actions.find(({ kind }) => kind === 'run');
    expect(action).toMatchObject({
      kind: 'run',
      run: 1,
      parameters: {
        method: { kind: 'propagate', engine: 'memory', direction: 'forward', fromFrame: 0 },
        annotatedFrames: [0],
        objectIds: [1],
      },
      result: { outcome: 'done', drawn: [{ fromFrame: 1, toFrame: 9 }] },
    });
    expect(store.getState().provenance.environments).toMatchObject([{ provider: 'wasm', modelName: 'test' }]);
  });

  it('knows where the weights came from that drew from prompts', async () => {
    const { store, recorder, promptFrames } = recorded();
    const { engine: now } = store.getState();
    const info = now.kind === 'ready' ? now.info : null;
    const modelName = 'SAM ViT-H';
    store.getState().setHydratedModel('sam-vit-h', hydrated('sam_vit_h_4b8939.pth', 'ab'));
    store.getState().setEngine({ kind: 'ready', info: { ...info!, modelId: 'sam-vit-h', modelName } });
    addPoint(store, 0);
    await promptFrames.settled();
    recorder.flush();
    expect(store.getState().provenance.environments).toMatchObject([
      { modelName, model: { id: 'sam-vit-h', variant: 'fp32', checkpointSha256: 'ab' } },
    ]);
    expect(methodsParagraph(methodsFacts(methodsInput(store.getState())!))).toContain(
      'drawn by SAM ViT-H from prompts placed by hand (1 foreground point). Masks were cut at a probability of 0.5. ' +
        'The model was SAM ViT-H (fp32 weights of sam_vit_h_4b8939.pth, not known to be the official file, SHA-256 ab), run in the browser',
    );
  });

  it('has what a run drew until a page that goes away, also without its end', async () => {
    const { store, promptFrames, propagate } = recorded();
    addPoint(store, 0);
    await promptFrames.settled();
    const seen: unknown[] = [];
    const unsubscribe = store.subscribe(({ provenance, propagation }, previous) => {
      if (propagation && provenance !== previous.provenance) {
        const action = provenance.entries.at(-1)?.actions.find(({ kind }) => kind === 'run');
        seen.push(action?.kind === 'run' && action.result);
      }
    });
    await propagate();
    unsubscribe();
    expect(seen).toContainEqual(
      expect.objectContaining({ outcome: 'stopped', drawn: [{ fromFrame: 1, toFrame: 4 }] }),
    );
  });

  it('writes nothing of a run into the log of the project that was opened meanwhile', async () => {
    const { store, recorder, promptFrames } = recorded();
    addPoint(store, 0);
    await promptFrames.settled();
    store.getState().beginPropagationRun();
    recorder.runBegan(parameters);
    recorder.flush();
    const { provenance } = store.getState();
    const id = provenance.entries.at(-1)!.id;
    store.getState().replaceFootage(footage());
    const run = { kind: 'run', run: 1, parameters, result: null } as const;
    const entries = [{ ...provenance.entries.at(-1)!, id, parent: null, actions: [run] }];
    store.getState().setProvenance({ ...provenance, entries });
    recorder.runDrew({ frameIndex: 3, timings, masks: [] });
    recorder.runEnded('stopped');
    expect(store.getState().provenance.entries[0]?.actions).toEqual([run]);
  });

  it('begins anew with other footage', () => {
    const { store, names } = recorded();
    addPoint(store, 0);
    names();
    store.getState().replaceFootage(footage());
    store.temporal.getState().clear();
    expect(names()).toEqual([]);
    expect(store.getState().provenance.entries).toEqual([]);
    addPoint(store, 0);
    expect(names()).toHaveLength(1);
  });

  it('writes what a project document holds and reads again, the model of a run among it', async () => {
    const { store, promptFrames, propagate, names } = recorded();
    addPoint(store, 0);
    await promptFrames.settled();
    await propagate();
    store.getState().setHydratedModel('xmem', { ...hydrated('XMem.pth', 'ab'), isOfficial: false });
    store.getState().setPropagationEngine('xmem');
    await propagate();
    paint(store, 4, 9);
    names();
    const state = store.getState();
    const parts = storedContent(state, { ofMap: () => 1, ofPromptMask: () => 1 });
    const whole = {
      ...parts,
      format: PROJECT_FORMAT,
      version: PROJECT_VERSION,
      name: 'a project',
      settings: {},
      maskMaps: [],
      footage: {
        source: 'files',
        kind: 'video',
        name: 'clip.mp4',
        sizeBytes: 1,
        fileCount: 1,
        width: 8,
        height: 8,
        frameCount: 10,
        frameTableHash: 'x',
        imageRate: null,
      },
    };
    expect(JSON.stringify(whole)).toContain('"checkpointSha256":"ab"');
    const read = parseDocument(JSON.parse(JSON.stringify(whole)), 'a project');
    const { content } = restoredContent(read, new Map());
    expect(content.provenance).toEqual(state.provenance);
    expect(content.provenanceHead).toBe(state.provenanceHead);
    const { provenance: _log, ...older } = JSON.parse(JSON.stringify(whole)) as Record<string, unknown>;
    const old = restoredContent(parseDocument(older, 'an older project'), new Map());
    expect(old.content.provenance?.entries).toEqual([]);
    const broken = JSON.parse(JSON.stringify(whole)) as { provenance: { entries: { parent: number }[] } };
    broken.provenance.entries[0]!.parent = 7;
    expect(() => parseDocument(broken, 'a broken project')).toThrow(/provenance/);
  });
});

describe('Replay', () => {
  const options = { signal: new AbortController().signal, onProgress: () => undefined };

  async function worked() {
    const made = recorded();
    const { store, promptFrames, propagate, run, segment, names } = made;
    addPoint(store, 0);
    await promptFrames.settled();
    await propagate();
    paint(store, 5, 9);
    store.getState().seek(5);
    await propagate();
    store.getState().acceptFrame(3);
    await run.start('refine', () => refinementRun(store, segment, 'box'));
    names();
    return made;
  }

  it('draws every step again to the same masks, and changes nothing', async () => {
    const { store, segment } = await worked();
    const before = store.getState();
    const report = await replayLog(before, segment, options);
    expect(report).toMatchObject({ minIou: 1, givenMasks: 1, replacedMasks: 0, comparedMasks: 9 });
    expect(store.getState()).toBe(before);
  });

  it('tells what it draws, and how long it will take', async () => {
    const { store, segment } = await worked();
    const told: ReplayJob[] = [];
    await replayLog(store.getState(), segment, { ...options, onProgress: (job) => void told.push(job) });
    expect(told[0]?.step).toBe('Prompts of frame 0');
    expect(told.some(({ step }) => step.startsWith('Propagation'))).toBe(true);
    expect(told.some(({ step }) => step.startsWith('SAM refinement'))).toBe(true);
    expect(told.at(-1)).toMatchObject({ done: told.at(-1)?.total, secondsLeft: 0 });
  });

  it('finds what another engine draws otherwise', async () => {
    const { store } = await worked();
    const report = await replayLog(store.getState(), engine(3), options);
    expect(report.minIou).toBeLessThan(1);
    expect(report.rows.length).toBeGreaterThan(2);
  });

  it('says how many runs saw the pictures otherwise than it shows them', async () => {
    const { store, segment } = await worked();
    expect((await replayLog(store.getState(), segment, options)).otherPictures).toBe(0);
    store.getState().setAdjustments({ gamma: 2 });
    expect((await replayLog(store.getState(), segment, options)).otherPictures).toBe(0);
    store.getState().setForModel(true);
    expect((await replayLog(store.getState(), segment, options)).otherPictures).toBe(3);
  });

  it('follows undo: what was taken back is not drawn', async () => {
    const { store, segment } = await worked();
    travelSteps(store, -2);
    const report = await replayLog(store.getState(), segment, options);
    expect(report).toMatchObject({ minIou: 1, comparedMasks: 9 });
    expect(report.rows.some(({ step }) => step.startsWith('SAM refinement'))).toBe(false);
  });

  it('needs the models that drew, by the files that their weights came from', async () => {
    const { store, segment, propagate, names } = await worked();
    store.getState().setHydratedModel('xmem', { ...hydrated('XMem.pth', 'ab'), isOfficial: false });
    store.getState().setPropagationEngine('xmem');
    await propagate();
    names();
    expect(methodsParagraph(methodsFacts(methodsInput(store.getState())!))).toContain(
      'XMem ran on frames with a shorter side of at most 240 px, with fp32 weights of XMem.pth, not the official file, SHA-256 ab.',
    );
    expect(await replayLog(store.getState(), segment, options)).toMatchObject({ minIou: 1 });
    store.getState().setHydratedModel('xmem', hydrated('XMem-s012.pth', 'ef'));
    await expect(replayLog(store.getState(), segment, options)).rejects.toMatchObject({
      code: 'model-missing',
      what: expect.stringContaining('XMem-s012.pth'),
      todo: expect.stringContaining('XMem.pth (SHA-256 ab)'),
    });
    store.getState().setHydratedModel('xmem', null);
    await expect(replayLog(store.getState(), segment, options)).rejects.toMatchObject({
      what: expect.stringContaining('not on this device'),
    });
    travelSteps(store, -1);
    expect(await replayLog(store.getState(), segment, options)).toMatchObject({ minIou: 1 });
  });

  it('needs the prompting model that drew, where one drew all', async () => {
    const { store, segment } = await worked();
    const { engine: now } = store.getState();
    const info = now.kind === 'ready' ? now.info : null;
    store
      .getState()
      .setEngine({ kind: 'ready', info: { ...info!, modelId: 'sam-vit-h', modelName: 'SAM ViT-H' } });
    await expect(replayLog(store.getState(), segment, options)).rejects.toMatchObject({
      what: 'These prompts were drawn by test, and SAM ViT-H is in use now.',
      todo: expect.stringContaining('Choose MobileSAM'),
    });
  });

  it('stops when it is told to', async () => {
    const { store, segment } = await worked();
    const controller = new AbortController();
    const stopped = replayLog(store.getState(), segment, {
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(stopped).rejects.toMatchObject({ code: 'cancelled' });
  });
});
