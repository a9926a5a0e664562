/** What the engine says of a run, in the log and on the page: the weights that drew, where they ran, and how large. */
import * as v from 'valibot';
import { expect, it } from 'vitest';
import type { EngineInfo } from '../../core/engine/engineInfo';
import type { HydratedModel, LoggedModel } from '../../core/models/modelStatus';
import type { WorkingSize } from '../../core/models/workingSize';
import type { PropagationEngineId } from '../../core/segment/segmentation';
import type { PropagationRequest, RunReport } from '../../workers/segment/segmentProtocol';
import { addPoint, maskOf, one, ready, timings } from '../__fixtures__/appFixtures';
import { MaskRun } from '../maskRun';
import { PromptFrames } from '../promptFrames';
import { propagationRun } from '../propagate';
import { provenanceSchema } from './provenanceSchema';
import { ProvenanceRecorder } from './recorder';
import { checkReplayModels } from './replayModels';

const bundled: EngineInfo = {
  provider: 'webgpu',
  adapter: 'A card',
  threads: 4,
  fallbackReason: null,
  modelName: 'MobileSAM',
  modelFiles: [],
};

function stored(checkpointSha256: string): HydratedModel {
  return {
    variant: 'fp32',
    checkpointName: 'old.pth',
    checkpointBytes: 9,
    checkpointSha256,
    isOfficial: null,
    weightsSha256: null,
    storedBytes: 9,
    hydratedAtMs: 0,
    graphs: [],
  };
}

function weights(id: LoggedModel['id'], checkpointSha256: string): LoggedModel {
  return { id, variant: 'fp16', checkpointName: 'new.pth', checkpointSha256, graphs: [] };
}

/** A run of an engine that says `report` with its first frame. */
async function ran(
  engine: PropagationEngineId,
  info: EngineInfo,
  report: RunReport,
  workingSize: WorkingSize = 'auto',
) {
  const store = ready();
  store.getState().setWorkingSize(workingSize);
  store.getState().setEngine({ kind: 'ready', info });
  store.getState().setHydratedModel('xmem', stored('aa'));
  store.getState().setHydratedModel('edgetam', stored('bb'));
  store.getState().setPropagationEngine(engine);
  store.temporal.getState().clear();
  const requests: PropagationRequest[] = [];
  const segment = {
    encode: async () => ({ encodeMs: 0 }),
    predict: async (frameIndex: number) => ({
      frameIndex,
      timings,
      masks: [{ objectId: one, mask: maskOf(9) }],
    }),
    async *propagate(request: PropagationRequest) {
      requests.push(request);
      const masks = [{ objectId: one, mask: maskOf(9) }];
      yield { frameIndex: 1, timings, masks, drawnBy: report };
      yield { frameIndex: 2, timings, masks };
    },
  };
  const recorder = new ProvenanceRecorder(store, () => 5000);
  const promptFrames = new PromptFrames(store, segment);
  addPoint(store, 0);
  await promptFrames.settled();
  const run = new MaskRun(store, () => promptFrames.settled(), recorder);
  await run.start('propagate', () => propagationRun(store, segment, 'forward', 'wholeRange'));
  recorder.flush();
  const { provenance, messages } = store.getState();
  const notices = messages.flatMap((message) => (message.kind === 'notice' ? [message.text] : []));
  const entry = provenance.entries.at(-1)!;
  const action = entry.actions.find(({ kind }) => kind === 'run');
  return {
    store,
    notices,
    request: requests[0]!,
    environment: provenance.environments[entry.environment!]!,
    parameters: action?.kind === 'run' ? action.parameters! : null,
  };
}

it('names the weights that drew, not those that lie here by now', async () => {
  const loaded = weights('xmem', 'cc');
  const report = { ...bundled, modelName: 'XMem', modelId: 'xmem', loaded, shortSidePx: 480 } as const;
  const { parameters, environment, notices } = await ran('xmem', bundled, report);
  expect(parameters?.model).toEqual(loaded);
  expect(environment).toMatchObject({ modelName: 'XMem', model: loaded, provider: 'webgpu' });
  expect(notices).toEqual([]);
});

it('has the prompting model by what was loaded of it', async () => {
  const info = {
    ...bundled,
    modelName: 'EdgeTAM',
    modelId: 'edgetam',
    loaded: weights('edgetam', 'dd'),
  } as const;
  const { environment } = await ran('sam', info, info);
  expect(environment.model).toEqual(info.loaded);
});

it('tells of a model that runs on the processor although there is a graphics card, and how large it sees', async () => {
  const fallbackReason = 'The graphics card could not run XMem (too large), so it runs on the processor.';
  const report = {
    ...bundled,
    modelName: 'XMem',
    provider: 'wasm',
    adapter: null,
    fallbackReason,
    shortSidePx: 240,
  } as const;
  const { store, request, parameters, environment, notices } = await ran('xmem', bundled, report);
  expect(request.shortSidePx).toBeUndefined();
  expect(parameters?.method).toMatchObject({ engine: 'xmem', shortSidePx: 240 });
  expect(environment).toMatchObject({ provider: 'wasm', adapter: null, fallbackReason });
  const log = { ...store.getState().provenance, head: null };
  expect(v.parse(provenanceSchema, JSON.parse(JSON.stringify(log))).environments).toContainEqual(environment);
  expect(notices).toEqual([fallbackReason]);
});

it('credits the memory engine with the model that it works with, and replays it beside the other', async () => {
  const info = {
    ...bundled,
    modelName: 'EdgeTAM',
    modelId: 'edgetam',
    loaded: weights('edgetam', 'bb'),
  } as const;
  const { store, environment, parameters } = await ran('memory', info, bundled);
  expect(environment.modelName).toBe('MobileSAM');
  expect(environment.model).toBeUndefined();
  expect(parameters?.model).toBeUndefined();
  const { provenance, hydratedModels } = store.getState();
  const check = (engine: EngineInfo) => () =>
    checkReplayModels(provenance, provenance.entries, { hydratedModels, engine });
  expect(check(info)).not.toThrow();
  expect(check(bundled)).toThrow(/EdgeTAM/);
});

it('says at which size a run works for which the chosen one is too large', async () => {
  const report = { ...bundled, modelName: 'XMem', shortSidePx: 912 };
  const { request, parameters, notices } = await ran('xmem', bundled, report, 'source');
  expect(request.shortSidePx).toBeNull();
  expect(parameters?.method).toMatchObject({ shortSidePx: 912 });
  expect(notices).toEqual([expect.stringContaining('a shorter side of 912 px')]);
  const asWanted = { ...report, shortSidePx: null };
  expect((await ran('xmem', bundled, asWanted, 'source')).notices).toEqual([]);
});
