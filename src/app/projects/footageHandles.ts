/** Reads footage again where it lies on the user's disk, by the handles that the browser gave with its files. */
import type { FootageHandle } from '../../workers/storage/storageProtocol';
import type { InputFile } from '../inputFile';

const TO_READ = { mode: 'read' } as const;

/** Null unless all files came with a handle: a part of a clip is of no use. */
export function handlesOf(files: readonly InputFile[]): readonly FootageHandle[] | null {
  const handles = files.flatMap(({ path, handle }) => (handle ? [{ path, handle }] : []));
  return handles.length > 0 && handles.length === files.length ? handles : null;
}

/** Whether the files may be read without asking the user. */
export async function mayRead(handles: readonly FootageHandle[]): Promise<boolean> {
  for (const { handle } of handles) {
    if ((await handle.queryPermission(TO_READ)) !== 'granted') {
      return false;
    }
  }
  return true;
}

/** Lets the browser ask the user; must be called from a user gesture. */
export async function askToRead(handles: readonly FootageHandle[]): Promise<boolean> {
  for (const { handle } of handles) {
    if ((await handle.requestPermission(TO_READ)) !== 'granted') {
      return false;
    }
  }
  return true;
}

/** The files as they are now; null when one is no longer where it was. */
export async function filesBehind(handles: readonly FootageHandle[]): Promise<readonly InputFile[] | null> {
  try {
    return await Promise.all(
      handles.map(async ({ path, handle }) => ({ path, handle, file: await handle.getFile() })),
    );
  } catch (error) {
    console.warn('footage cannot be read where it was', error);
    return null;
  }
}
