/** Entry of the export worker: dispatches the calls of exportProtocol. */
import { expose } from 'comlink';
import type { NumberedMask, ExportProgress, ExportRequest } from '../../core/export/maskSequence';
import { encodeJpeg } from '../../export/encodeJpeg';
import { encodeVideo, encoderFor } from '../../export/encodeVideo';
import type { ExportedFile } from '../../export/exportedFile';
import { exportFiles } from '../../export/exportFiles';
import { writeToFolder } from '../../export/folderSink';
import { deleteTemporaryFiles, writeTemporaryFile } from '../../export/temporaryFile';
import { zipStream } from '../../export/zipStream';
import { installErrorEnvelope } from '../rpc/errorEnvelope';
import { JobRegistry } from '../rpc/jobs';
import { releasingCallbacks } from '../rpc/releaseCallbacks';
import { ExportFrames } from './exportFrames';
import type { ExportService, FrameLine } from './exportProtocol';

type GetMasks = (frameIndex: number) => Promise<readonly NumberedMask[]>;
type OnProgress = (progress: ExportProgress) => void;

const jobs = new JobRegistry();
const frames = new ExportFrames();
const tools = { encodeJpeg, encodeVideo };

type Task = {
  readonly request: ExportRequest;
  readonly line: FrameLine | null;
  readonly getMasks: GetMasks;
  readonly onProgress: OnProgress;
};

function withFiles<T>(
  { request, line, getMasks, onProgress }: Task,
  signal: AbortSignal,
  use: (files: AsyncIterable<ExportedFile>) => Promise<T>,
): Promise<T> {
  return releasingCallbacks([getMasks, onProgress], () =>
    frames.use(line, (getPicture) =>
      use(exportFiles(request, { getMasks, onProgress, getPicture, signal, tools })),
    ),
  );
}

const service: ExportService = {
  exportZip: (request, line, getMasks, onProgress, jobId) =>
    jobs.run(jobId, (signal) =>
      withFiles({ request, line, getMasks, onProgress }, signal, (files) =>
        writeTemporaryFile(zipStream(files), 'masks.zip', 'application/zip'),
      ),
    ),

  exportToFolder: (request, folder, line, getMasks, onProgress, jobId) =>
    jobs.run(jobId, (signal) =>
      withFiles({ request, line, getMasks, onProgress }, signal, (files) =>
        writeToFolder(folder, request.footageName, files),
      ),
    ),

  videoSupport: async (size) => ({
    mp4: await encoderFor('mp4', size),
    webm: await encoderFor('webm', size),
    alpha: await encoderFor('alpha', size),
  }),

  disconnectFrames: () => frames.disconnect(),

  cleanUp: deleteTemporaryFiles,

  cancel(jobId) {
    jobs.cancel(jobId);
  },
};

installErrorEnvelope();
expose(service);
