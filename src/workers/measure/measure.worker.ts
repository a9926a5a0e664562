/** Entry of the measure worker: dispatches the calls of measureProtocol. */
import { expose } from 'comlink';
import { cancelledError } from '../../core/base/errors';
import type { FootageId } from '../../core/base/ids';
import { FrameSequence, needsPicture, type FrameResult } from '../../core/measure/frameSequence';
import { writeTemporaryFile, deleteTemporaryFiles } from '../../export/temporaryFile';
import { zipStream } from '../../export/zipStream';
import { footageStopped, type FramePixels } from '../footage/footageProtocol';
import { installErrorEnvelope } from '../rpc/errorEnvelope';
import { FrameConnection } from '../rpc/frameConnection';
import { JobRegistry } from '../rpc/jobs';
import { releasingCallbacks } from '../rpc/releaseCallbacks';
import { measurementFiles } from './measurementFiles';
import type { MeasureService } from './measureProtocol';

const jobs = new JobRegistry();
let connection: FrameConnection | null = null;

async function getPicture(footageId: FootageId, frameIndex: number): Promise<FramePixels> {
  if (!connection) {
    throw footageStopped(null);
  }
  return await connection.getPixels(footageId, frameIndex);
}

const service: MeasureService = {
  connectFrames(port) {
    connection?.end(cancelledError());
    connection = new FrameConnection(port);
  },
  disconnectFrames() {
    connection?.end(footageStopped(null));
  },
  async measure(footageId, tasks) {
    const sequence = new FrameSequence();
    const results: FrameResult[] = [];
    for (const task of tasks) {
      const picture = needsPicture(task) ? await getPicture(footageId, task.frameIndex) : null;
      results.push(sequence.next(task, picture));
    }
    return results;
  },
  zip: (request, getFrame, onProgress, jobId) =>
    releasingCallbacks([getFrame, onProgress], () =>
      jobs.run(jobId, async (signal) => {
        await deleteTemporaryFiles();
        const files = measurementFiles(request, { getFrame, onProgress, signal });
        return await writeTemporaryFile(zipStream(files), 'measurements.zip', 'application/zip');
      }),
    ),
  cancel: (jobId) => jobs.cancel(jobId),
};

installErrorEnvelope();
expose(service);
