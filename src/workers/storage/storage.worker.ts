/** Entry of the storage worker: dispatches the calls of storageProtocol. */
import { expose, transfer } from 'comlink';
import type { FrameMask } from '../../core/track/maskTrack';
import { packProjectZip, writeProjectZip } from '../../export/projectZip';
import { deleteTemporaryFiles } from '../../export/temporaryFile';
import { openZip } from '../../media/archive/zipReader';
import { installErrorEnvelope } from '../rpc/errorEnvelope';
import { JobRegistry } from '../rpc/jobs';
import { projectLockName, type StorageService } from './storageProtocol';
import { documentOf, FOOTAGE_ENTRY } from './projectFile';
import { memoryStorage, openStorage } from './openStorage';

const jobs = new JobRegistry();
const storage = openStorage();

async function isLocked(name: string): Promise<boolean> {
  const { held = [] } = await navigator.locks.query();
  return held.some((lock) => lock.name === name);
}

/** The buffers of masks, so that they go over without being copied. */
function buffersOf(masks: readonly (FrameMask | null)[]): ArrayBufferLike[] {
  return masks.flatMap((mask) =>
    mask ? [mask.rle.counts.buffer, ...(mask.soft ? [mask.soft.bytes.buffer] : [])] : [],
  );
}

const service: StorageService = {
  kind: async () => (await storage).kind,
  list: async () => (await storage).list(),
  appendMasks: async (projectId, masks) => (await storage).appendMasks(projectId, masks),
  commit: async (projectId, commit) => (await storage).commit(projectId, commit),
  load: async (projectId) => (await storage).load(projectId),
  async readMasks(projectId, ids) {
    const masks = await (await storage).readMasks(projectId, ids);
    return transfer(masks, buffersOf(masks) as ArrayBuffer[]);
  },
  setThumbnail: async (projectId, thumbnail) => (await storage).setThumbnail(projectId, thumbnail),
  rename: async (projectId, name) => (await storage).rename(projectId, name),
  duplicate: async (projectId, copyId, name) => (await storage).duplicate(projectId, copyId, name),
  remove: async (projectId) => (await storage).remove(projectId),
  keepFootage: (projectId, parts, jobId) =>
    jobs.run(jobId, async (signal) => (await storage).keepFootage(projectId, parts, signal)),
  footage: async (projectId) => (await storage).footage(projectId),
  keepHandles: async (projectId, handles) => (await storage).keepHandles(projectId, handles),
  footageHandles: async (projectId) => (await storage).footageHandles(projectId),
  async exportProject(projectId, footage) {
    // Only now: the file before may still have been downloading until here.
    await deleteTemporaryFiles();
    return await (await storage).exportProject(projectId, footage, writeProjectZip);
  },
  async packProject(document, masks, footage) {
    return await memoryStorage().packProject(document, masks, footage, packProjectZip);
  },
  async readProjectFile(file) {
    const zip = await openZip(file);
    try {
      return { document: await documentOf(zip, file.name), hasFootage: zip.has(FOOTAGE_ENTRY) };
    } finally {
      await zip.close();
    }
  },
  async importProject(file, projectId, document) {
    const zip = await openZip(file);
    try {
      await (await storage).importProject(zip, file.name, projectId, document);
    } finally {
      await zip.close();
    }
  },
  close: async (projectId) => (await storage).close(projectId),
  cleanUp: async () => (await storage).cleanUp((projectId) => isLocked(projectLockName(projectId))),
  cancel: (jobId) => jobs.cancel(jobId),
};

installErrorEnvelope();
expose(service);
