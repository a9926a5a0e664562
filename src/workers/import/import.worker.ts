/** Entry of the import worker: dispatches the calls of importProtocol. */
import { expose } from 'comlink';
import { entriesOfFiles, entriesOfZip } from '../../media/images/imageEntries';
import { installErrorEnvelope } from '../rpc/errorEnvelope';
import { JobRegistry } from '../rpc/jobs';
import { releasingCallbacks } from '../rpc/releaseCallbacks';
import type { ImportService } from './importProtocol';
import { looksLikeMasks } from './looksLikeMasks';
import { readImport } from './readImport';
import { scalePictures } from './scalePictures';

const jobs = new JobRegistry();
const opener = { entriesOfFiles, entriesOfZip };

const service: ImportService = {
  read: (files, onProgress, jobId) =>
    releasingCallbacks([onProgress], () =>
      jobs.run(jobId, (signal) => readImport(files, { opener, onProgress, signal })),
    ),
  looksLikeMasks: (files, size) => looksLikeMasks(files, size, opener),
  scale: (pictures, size, onProgress, jobId) =>
    releasingCallbacks([onProgress], () =>
      jobs.run(jobId, (signal) => scalePictures(pictures, size, { onProgress, signal })),
    ),
  cancel(jobId) {
    jobs.cancel(jobId);
  },
};

installErrorEnvelope();
expose(service);
