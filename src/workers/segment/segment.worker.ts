/** Entry of the segment worker: turns messages into calls of the engine. */
import { expose } from 'comlink';
import type { EngineInfo, Provider } from '../../core/engine/engineInfo';
import { loadBrowserRuntime } from '../../engine/ort/loadBrowserRuntime';
import { loadShelfFiles } from '../../engine/models/shelfFiles';
import { SegmentEngine } from '../../engine/segmentEngine';
import { installErrorEnvelope } from '../rpc/errorEnvelope';
import { JobRegistry } from '../rpc/jobs';
import { releasingCallbacks } from '../rpc/releaseCallbacks';
import { serveStream } from '../rpc/stream';
import { EngineFrames } from './engineFrames';
import type { SegmentService } from './segmentProtocol';

installErrorEnvelope();

const jobs = new JobRegistry();
const listeners: ((info: EngineInfo) => void)[] = [];
const frames = new EngineFrames();
let tellProvider: (provider: Provider) => void = () => undefined;

const engine = new SegmentEngine(
  {
    capabilities: {
      gpu: navigator.gpu ?? null,
      isCrossOriginIsolated: self.crossOriginIsolated,
      hardwareConcurrency: navigator.hardwareConcurrency,
    },
    loadRuntime: (provider, threads) => {
      tellProvider(provider);
      return loadBrowserRuntime(provider, threads);
    },
    loadShelfFiles,
  },
  (info) => listeners.forEach((listener) => listener(info)),
);

const service: SegmentService = {
  load: (options, onProgress, onProvider) =>
    releasingCallbacks([onProgress, onProvider], () => {
      tellProvider = onProvider;
      return engine.load(options, onProgress).finally(() => {
        tellProvider = () => undefined;
      });
    }),
  onEngineChange: (listener) => void listeners.push(listener),
  connectFrames: (port) => frames.connect(port),
  disconnectFrames: () => frames.disconnect(),
  setFootage: (footageId) => engine.setFootage(frames.ofFootage(footageId)),
  setAdjustments: (adjustments) => {
    const fetchFrame = frames.adjusted(adjustments);
    if (fetchFrame) {
      engine.replacePictures(fetchFrame);
    }
  },
  encode: (frameIndex, jobId) => jobs.run(jobId, (signal) => engine.encode(frameIndex, signal)),
  predict: (frameIndex, labels, jobId) =>
    jobs.run(jobId, (signal) => engine.predict(frameIndex, labels, signal)),
  prepare: (id, jobId) => jobs.run(jobId, (signal) => engine.prepare(id, signal)),
  propagate: (request, port) => void serveStream(port, (signal) => engine.propagate(request, signal)),
  previewMaskPrompt: async (rle) => engine.previewMaskPrompt(rle),
  forgetModel: (id) => engine.forgetModel(id),
  selfTest: (id, jobId) => jobs.run(jobId, (signal) => engine.selfTest(id, signal)),
  stats: async () => engine.stats(),
  cancel: (jobId) => jobs.cancel(jobId),
};

expose(service);
