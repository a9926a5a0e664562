/** What storage needs of a file system: folders of files, read and written in place. */

/** An open file, locked against all others. Calls throw a `QuotaExceededError` when the disk is full. */
export type StoredFile = {
  size(): number;
  /** Up to `length` bytes from `at`; fewer at the end. */
  read(at: number, length: number): Uint8Array<ArrayBuffer>;
  /** All of `bytes`, or it throws. */
  write(at: number, bytes: Uint8Array): void;
  truncate(size: number): void;
  /** Returns when what was written is on the disk. */
  flush(): void;
  close(): void;
};

export type FileStore = {
  readonly kind: 'disk' | 'memory';
  /** Makes folder and file when they are not there. */
  open(folder: string, name: string): Promise<StoredFile>;
  /** A snapshot for reading, also while it is open; null when there is none. */
  snapshot(folder: string, name: string): Promise<File | null>;
  names(folder: string): Promise<string[]>;
  folders(): Promise<string[]>;
  removeFile(folder: string, name: string): Promise<void>;
  removeFolder(folder: string): Promise<void>;
};

export function quotaExceeded(): DOMException {
  return new DOMException('The storage took only part of the bytes.', 'QuotaExceededError');
}
