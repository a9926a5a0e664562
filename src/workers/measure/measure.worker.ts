/** Entry of the measure worker: dispatches the calls of measureProtocol. */
import { expose } from 'comlink';
import { cancelledError } from '../../core/base/errors';
import { flowProfiles } from '../../core/measure/flowProfile';
import { partitionOfFrame } from '../../core/measure/measureFrame';
import { writeTemporaryFile, deleteTemporaryFiles } from '../../export/temporaryFile';
import { zipStream } from '../../export/zipStream';
import { footageStopped } from '../footage/footageProtocol';
import { installErrorEnvelope } from '../rpc/errorEnvelope';
import { FrameConnection } from '../rpc/frameConnection';
import { JobRegistry } from '../rpc/jobs';
import { releasingCallbacks } from '../rpc/releaseCallbacks';
import { measurementFiles } from './measurementFiles';
import type { MeasureService } from './measureProtocol';
import { measureTasks } from './measureTasks';

const jobs = new JobRegistry();
let connection: FrameConnection | null = null;

const service: MeasureService = {
  connectFrames(port) {
    connection?.end(cancelledError());
    connection = new FrameConnection(port);
  },
  disconnectFrames() {
    connection?.end(footageStopped(null));
  },
  measure: (footageId, tasks) =>
    measureTasks(tasks, async (frameIndex) => {
      if (!connection) {
        throw footageStopped(null);
      }
      return await connection.getPixels(footageId, frameIndex);
    }),
  profiles: async (frame) =>
    flowProfiles(
      partitionOfFrame(frame),
      frame.masks.map(({ objectId }) => objectId),
    ),
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
