/** Writes exported files into a folder. */
import { writeFailed } from './exportErrors';
import type { ExportedFile } from './pngSequence';

async function writeFile(folder: FileSystemDirectoryHandle, { name, bytes }: ExportedFile): Promise<void> {
  const handle = await folder.getFileHandle(name, { create: true });
  const writable = await handle.createWritable();
  try {
    await writable.write(bytes);
    // The file takes its new content only here, so a failure before leaves an old file of that name as it was.
    await writable.close();
  } catch (error) {
    await writable.abort(error).catch(() => undefined);
    throw error;
  }
}

/** Writes all `files`, replacing those of the same name. What was written before an error or cancel is complete. */
export async function writeToFolder(
  folder: FileSystemDirectoryHandle,
  files: AsyncIterable<ExportedFile>,
): Promise<void> {
  for await (const file of files) {
    try {
      await writeFile(folder, file);
    } catch (error) {
      const safe = 'The files written before it are complete, and your masks are untouched.';
      throw writeFailed(`${folder.name}/${file.name}`, safe, error);
    }
  }
}
