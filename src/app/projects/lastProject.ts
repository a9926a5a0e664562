/** Remembers which project was open last: in this tab, and in the browser. */
import type { ProjectId } from '../../workers/storage/storageProtocol';

const KEY = 'maskflow.project';

/** A reloaded tab comes back to its own project, a new one to the latest of all. */
export function lastProject(): ProjectId | null {
  try {
    return (sessionStorage.getItem(KEY) ?? localStorage.getItem(KEY)) as ProjectId | null;
  } catch {
    return null;
  }
}

/** Null forgets it. */
export function rememberProject(projectId: ProjectId | null): void {
  try {
    for (const storage of [sessionStorage, localStorage]) {
      if (projectId) {
        storage.setItem(KEY, projectId);
      } else {
        storage.removeItem(KEY);
      }
    }
  } catch {
    // Storage may be forbidden; the next visit then starts with the sample.
  }
}
