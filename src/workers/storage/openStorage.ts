/** Chooses where projects are kept: on the disk, or in memory where the browser gives no room. */
import { memoryFiles } from './memoryFiles';
import { opfsFiles } from './opfsFiles';
import { idbRows, memoryRows } from './projectRows';
import { ProjectStorage } from './projectStorage';

export async function openStorage(): Promise<ProjectStorage> {
  try {
    return new ProjectStorage(await opfsFiles(), await idbRows());
  } catch (error) {
    console.warn('projects cannot be kept', error);
    return memoryStorage();
  }
}

export function memoryStorage(): ProjectStorage {
  return new ProjectStorage(memoryFiles(), memoryRows());
}
