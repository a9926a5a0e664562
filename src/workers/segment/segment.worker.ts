/** Entry of the segment worker: turns messages into calls of the engine. */
import { expose, wrap, type Remote } from 'comlink';
import { UserFacingError } from '../../core/base/errors';
import type { EngineInfo } from '../../core/engine/engineInfo';
import { loadBrowserRuntime } from '../../engine/ort/loadBrowserRuntime';
import { SegmentEngine } from '../../engine/segmentEngine';
import type { FramePixelsService } from '../footage/footageProtocol';
import { installErrorEnvelope } from '../rpc/errorEnvelope';
import { JobRegistry } from '../rpc/jobs';
import { serveStream } from '../rpc/stream';
import type { SegmentService } from './segmentProtocol';

installErrorEnvelope();

const jobs = new JobRegistry();
const listeners: ((info: EngineInfo) => void)[] = [];
let frames: Remote<FramePixelsService> | null = null;

const engine = new SegmentEngine(
  {
    capabilities: {
      gpu: navigator.gpu ?? null,
      isCrossOriginIsolated: self.crossOriginIsolated,
      hardwareConcurrency: navigator.hardwareConcurrency,
    },
    loadRuntime: loadBrowserRuntime,
  },
  (info) => listeners.forEach((listener) => listener(info)),
);

function connectedFrames(): Remote<FramePixelsService> {
  if (!frames) {
    throw new UserFacingError({
      code: 'internal',
      what: 'The segmentation engine is not connected to the footage.',
      safe: 'Your footage, prompts and masks are untouched.',
      todo: 'Reload the page.',
    });
  }
  return frames;
}

const service: SegmentService = {
  load: ({ modelUrl, forceProvider }, onProgress) => engine.load(modelUrl, forceProvider, onProgress),
  onEngineChange: (listener) => void listeners.push(listener),
  connectFrames: (port) => {
    frames = wrap<FramePixelsService>(port);
  },
  setFootage: (footageId) =>
    engine.setFootage(async (frameIndex) => connectedFrames().getPixels(footageId, frameIndex)),
  encode: (frameIndex, jobId) => jobs.run(jobId, (signal) => engine.encode(frameIndex, signal)),
  predict: (frameIndex, labels, jobId) =>
    jobs.run(jobId, (signal) => engine.predict(frameIndex, labels, signal)),
  propagate: (request, port) => void serveStream(port, (signal) => engine.propagate(request, signal)),
  previewMaskPrompt: async (rle) => engine.previewMaskPrompt(rle),
  stats: async () => engine.stats(),
  cancel: (jobId) => jobs.cancel(jobId),
};

expose(service);
