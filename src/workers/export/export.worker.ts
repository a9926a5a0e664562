/** Entry of the export worker: dispatches the calls of exportProtocol. */
import { expose } from 'comlink';
import type { NumberedMask, ExportProgress, PngSequenceRequest } from '../../core/export/maskSequence';
import { writeToFolder } from '../../export/folderSink';
import { pngSequence, type ExportedFile } from '../../export/pngSequence';
import { deleteTemporaryFiles, writeTemporaryFile } from '../../export/temporaryFile';
import { zipStream } from '../../export/zipStream';
import { installErrorEnvelope } from '../rpc/errorEnvelope';
import { JobRegistry } from '../rpc/jobs';
import { releasingCallbacks } from '../rpc/releaseCallbacks';
import type { ExportService } from './exportProtocol';

type GetMasks = (frameIndex: number) => Promise<readonly NumberedMask[]>;
type OnProgress = (progress: ExportProgress) => void;

const jobs = new JobRegistry();

function files(
  request: PngSequenceRequest,
  getMasks: GetMasks,
  onProgress: OnProgress,
  signal: AbortSignal,
): AsyncIterable<ExportedFile> {
  return pngSequence(request, { getMasks, onProgress, signal });
}

const service: ExportService = {
  exportZip: (request, getMasks, onProgress, jobId) =>
    releasingCallbacks([getMasks, onProgress], () =>
      jobs.run(jobId, (signal) =>
        writeTemporaryFile(
          zipStream(files(request, getMasks, onProgress, signal)),
          'masks.zip',
          'application/zip',
        ),
      ),
    ),

  exportToFolder: (request, folder, getMasks, onProgress, jobId) =>
    releasingCallbacks([getMasks, onProgress], () =>
      jobs.run(jobId, (signal) =>
        writeToFolder(folder, request.footageName, files(request, getMasks, onProgress, signal)),
      ),
    ),

  cleanUp: deleteTemporaryFiles,

  cancel(jobId) {
    jobs.cancel(jobId);
  },
};

installErrorEnvelope();
expose(service);
