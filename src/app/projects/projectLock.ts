/** Keeps two tabs off one project: whoever has it open holds a lock that ends with the tab. */
import { projectLockName, type ProjectId } from '../../workers/storage/storageProtocol';

/** A reloaded page asks before the page it replaces has quite gone. */
const PATIENCE_MS = 2000;

/** Lets go of the lock. */
export type Unlock = () => void;

/** Null when another tab has it. Browsers without locks are trusted to have one tab. */
export async function lockProject(
  projectId: ProjectId,
  patienceMs: number = PATIENCE_MS,
): Promise<Unlock | null> {
  const locks = (navigator as Partial<Navigator>).locks;
  if (!locks) {
    return () => undefined;
  }
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), patienceMs);
  return await new Promise<Unlock | null>((resolve) => {
    locks
      .request(
        projectLockName(projectId),
        { signal: patience.signal },
        () =>
          new Promise<void>((release) => {
            clearTimeout(timer);
            resolve(release);
          }),
      )
      .catch(() => resolve(null));
  });
}
