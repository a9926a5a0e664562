/** Entry of the export worker: dispatches the calls of exportProtocol. */
import { expose, releaseProxy, type Remote } from 'comlink';
import type { NumberedMask, ExportProgress, PngSequenceRequest } from '../../core/export/maskSequence';
import { writeToFolder } from '../../export/folderSink';
import { pngSequence, type ExportedFile } from '../../export/pngSequence';
import { deleteTemporaryFiles, writeTemporaryFile } from '../../export/temporaryFile';
import { zipStream } from '../../export/zipStream';
import { installErrorEnvelope } from '../rpc/errorEnvelope';
import { JobRegistry } from '../rpc/jobs';
import type { ExportService } from './exportProtocol';

type GetMasks = (frameIndex: number) => Promise<readonly NumberedMask[]>;
type OnProgress = (progress: ExportProgress) => void;

const jobs = new JobRegistry();

/** The callbacks are Comlink proxies: each holds a message channel until it is released. */
function release(...callbacks: readonly (GetMasks | OnProgress)[]): void {
  for (const callback of callbacks) {
    (callback as unknown as Remote<() => void>)[releaseProxy]();
  }
}

function files(
  request: PngSequenceRequest,
  getMasks: GetMasks,
  onProgress: OnProgress,
  signal: AbortSignal,
): AsyncIterable<ExportedFile> {
  return pngSequence(request, { getMasks, onProgress, signal });
}

const service: ExportService = {
  async exportZip(request, getMasks, onProgress, jobId) {
    try {
      return await jobs.run(jobId, (signal) =>
        writeTemporaryFile(
          zipStream(files(request, getMasks, onProgress, signal)),
          'masks.zip',
          'application/zip',
        ),
      );
    } finally {
      release(getMasks, onProgress);
    }
  },

  async exportToFolder(request, folder, getMasks, onProgress, jobId) {
    try {
      return await jobs.run(jobId, (signal) =>
        writeToFolder(folder, request.footageName, files(request, getMasks, onProgress, signal)),
      );
    } finally {
      release(getMasks, onProgress);
    }
  },

  cleanUp: deleteTemporaryFiles,

  cancel(jobId) {
    jobs.cancel(jobId);
  },
};

installErrorEnvelope();
expose(service);
