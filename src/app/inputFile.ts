/** Files as the user gives them. */

/** A file with its path inside the folder or drop it came from. */
export type InputFile = {
  readonly file: File;
  readonly path: string;
  /** Where it lies, when the browser told: it can be read again later. */
  readonly handle?: FileSystemFileHandle;
};
