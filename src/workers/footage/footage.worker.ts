/** Entry of the footage worker: hands each call to the library of open footage. */
import { expose, transfer } from 'comlink';
import { FootageLibrary } from '../../media/footageLibrary';
import { installErrorEnvelope } from '../rpc/errorEnvelope';
import { JobRegistry } from '../rpc/jobs';
import { releasingCallbacks } from '../rpc/releaseCallbacks';
import type { FootageService, FramePixelsService } from './footageProtocol';

installErrorEnvelope();

const library = new FootageLibrary();
const jobs = new JobRegistry();

const pixelsService: FramePixelsService = {
  async getPixels(footageId, frameIndex) {
    const pixels = await library.getPixels(footageId, frameIndex);
    return transfer(pixels, [pixels.data.buffer]);
  },
};

const service: FootageService = {
  open: (files, onProgress, jobId) =>
    releasingCallbacks([onProgress], () =>
      jobs.run(jobId, (signal) => library.open(files, { signal, onProgress })),
    ),
  async getBitmap(footageId, frameIndex, size) {
    const bitmap = await library.getBitmap(footageId, frameIndex, size);
    return transfer(bitmap, [bitmap]);
  },
  async getThumbnail(footageId, range, heightPx, jobId) {
    const bitmap = await jobs.run(jobId, (signal) =>
      library.getThumbnail(footageId, range, heightPx, signal),
    );
    return transfer(bitmap, [bitmap]);
  },
  connect: (port) => expose(pixelsService, port),
  close: (footageId) => library.close(footageId),
  cancel: (jobId) => jobs.cancel(jobId),
};

expose(service);
