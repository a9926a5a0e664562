/** Files as the user gives them. */

/** A file with its path inside the folder or drop it came from. */
export type InputFile = { readonly file: File; readonly path: string };
