/** Folders that are dropped are walked whole, and what cannot be read is named. */
import { describe, expect, it } from 'vitest';
import { droppedFiles, filesOfEntries } from './droppedFiles';
import { unreadableMessage } from './unreadableMessage';

function fileEntry(fullPath: string, canRead = true): FileSystemEntry {
  const name = fullPath.split('/').at(-1) ?? '';
  const entry: Partial<FileSystemFileEntry> = {
    isFile: true,
    isDirectory: false,
    name,
    fullPath,
    file: (resolve, reject) =>
      canRead ? resolve(new File(['x'], name)) : reject?.(new DOMException('no', 'NotReadableError')),
  };
  return entry as FileSystemEntry;
}

/** Gives its children in batches, as browsers do. */
function directoryEntry(fullPath: string, children: FileSystemEntry[], batchSize = 100): FileSystemEntry {
  const entry: Partial<FileSystemDirectoryEntry> = {
    isFile: false,
    isDirectory: true,
    name: fullPath.split('/').at(-1) ?? '',
    fullPath,
    createReader: () => {
      let next = 0;
      return {
        readEntries: (resolve) => {
          resolve(children.slice(next, next + batchSize));
          next += batchSize;
        },
      };
    },
  };
  return entry as FileSystemEntry;
}

describe('filesOfEntries', () => {
  it('walks nested folders past the size of one batch, keeping paths', async () => {
    const many = Array.from({ length: 250 }, (_, index) => fileEntry(`/run/frames/${index}.png`));
    const { files, unreadable } = await filesOfEntries([
      directoryEntry('/run', [directoryEntry('/run/frames', many), fileEntry('/run/notes.txt')]),
    ]);
    expect(files).toHaveLength(251);
    expect(files[249]?.path).toBe('run/frames/249.png');
    expect(files[250]?.path).toBe('run/notes.txt');
    expect(unreadable).toEqual([]);
  });

  it('names what it cannot read and goes on', async () => {
    const { files, unreadable } = await filesOfEntries([
      directoryEntry('/run', [fileEntry('/run/a.png', false), fileEntry('/run/b.png')]),
    ]);
    expect(files.map(({ path }) => path)).toEqual(['run/b.png']);
    expect(unreadable).toEqual(['run/a.png']);
  });

  it('leaves hidden files out', async () => {
    const { files } = await filesOfEntries([fileEntry('/.DS_Store'), fileEntry('/a.png')]);
    expect(files.map(({ path }) => path)).toEqual(['a.png']);
  });
});

describe('droppedFiles', () => {
  it('keeps where a file lies that was dropped by itself, and takes a drop without it', async () => {
    const handle = { kind: 'file', name: 'clip.mp4' };
    const item = (name: string, told: Promise<unknown> | undefined) => ({
      kind: 'file',
      webkitGetAsEntry: () => fileEntry(`/${name}`),
      getAsFileSystemHandle: told && (() => told),
    });
    const items = [
      item('clip.mp4', Promise.resolve(handle)),
      item('other.mp4', Promise.reject(new DOMException('no', 'NotAllowedError'))),
      item('old browser.mp4', undefined),
      { kind: 'string' },
    ];
    const { files } = await droppedFiles({ items, files: [] } as unknown as DataTransfer);
    expect(files.map((file) => [file.path, file.handle])).toEqual([
      ['clip.mp4', handle],
      ['other.mp4', undefined],
      ['old browser.mp4', undefined],
    ]);
  });
});

describe('unreadableMessage', () => {
  it('names at most three files and counts the rest', () => {
    expect(unreadableMessage(['a', 'b', 'c', 'd', 'e'], 2).what).toBe(
      'The browser could not read a, b, c and 2 more.',
    );
  });

  it('says what stays safe', () => {
    expect(unreadableMessage(['a'], 0).safe).toBe('What was open stays open.');
    expect(unreadableMessage(['a'], 1).safe).toContain('1 dropped file is being opened');
  });
});
