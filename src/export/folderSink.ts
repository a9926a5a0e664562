/** Writes exported files into a new subfolder of the folder that the user picked. */
import { writeFailed } from './exportErrors';
import { safeName } from './maskFileNames';
import type { ExportedFile } from './exportedFile';

async function writeFile(root: FileSystemDirectoryHandle, { name, bytes }: ExportedFile): Promise<void> {
  const path = name.split('/');
  const fileName = path.pop() ?? name;
  let folder = root;
  for (const step of path) {
    folder = await folder.getDirectoryHandle(step, { create: true });
  }
  const handle = await folder.getFileHandle(fileName, { create: true });
  const writable = await handle.createWritable();
  try {
    for await (const piece of bytes instanceof Uint8Array ? [bytes] : bytes) {
      await writable.write(piece);
    }
    // The file takes its new content only here, so a failure before leaves no half of it under that name.
    await writable.close();
  } catch (error) {
    await writable.abort(error).catch(() => undefined);
    throw error;
  }
}

/** Whether a file or folder of that name is there. */
async function isTaken(parent: FileSystemDirectoryHandle, name: string): Promise<boolean> {
  try {
    await parent.getDirectoryHandle(name);
    return true;
  } catch (error) {
    const reason = error instanceof DOMException ? error.name : '';
    if (reason === 'TypeMismatchError') {
      return true;
    }
    if (reason !== 'NotFoundError') {
      throw error;
    }
    // A picked folder that is itself gone answers the same; creating the subfolder then says so.
    return false;
  }
}

/** `<footage stem>-masks`, with `-2`, `-3`, ... when it is taken. */
async function createFolder(
  parent: FileSystemDirectoryHandle,
  footageName: string,
): Promise<FileSystemDirectoryHandle> {
  const wanted = `${safeName(footageName.replace(/\.[^.]+$/, ''))}-masks`;
  try {
    let name = wanted;
    for (let count = 2; await isTaken(parent, name); count += 1) {
      name = `${wanted}-${count}`;
    }
    return await parent.getDirectoryHandle(name, { create: true });
  } catch (error) {
    throw writeFailed(
      `${parent.name}/${wanted}`,
      'Nothing was written, and your masks are untouched.',
      error,
    );
  }
}

/**
 * Writes all `files` into a new subfolder of `parent` and returns its name: the picked folder may hold the footage's
 * own frames, under the very names of their masks. What was written before an error or cancel is complete.
 */
export async function writeToFolder(
  parent: FileSystemDirectoryHandle,
  footageName: string,
  files: AsyncIterable<ExportedFile>,
): Promise<string> {
  const folder = await createFolder(parent, footageName);
  for await (const file of files) {
    try {
      await writeFile(folder, file);
    } catch (error) {
      const safe = 'The files written before it are complete, and your masks are untouched.';
      throw writeFailed(`${parent.name}/${folder.name}/${file.name}`, safe, error);
    }
  }
  return folder.name;
}
