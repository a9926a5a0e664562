/** Synchronous access to a file of the browser's private file system. */

/** https://fs.spec.whatwg.org/#api-filesystemsyncaccesshandle, which TypeScript lists for dedicated workers only. */
export type SyncAccessHandle = {
  /** Both return how many bytes went through, which may be fewer than asked. */
  read(buffer: Uint8Array<ArrayBuffer>, options: { at: number }): number;
  write(bytes: Uint8Array, options: { at: number }): number;
  flush(): void;
  close(): void;
};
