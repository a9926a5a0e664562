/** One file of a model. */

/** One file of a model, by which it can be told from any other. */
export type ModelFile = {
  readonly name: string;
  /** Lower-case hexadecimal digits. */
  readonly sha256: string;
};
