/** Where sessions run. */
import type { OrtContext } from './graphSession';

/** Until it is lost or replaced; then there is another object. */
export type Place = {
  readonly context: OrtContext;
  /** Null on WASM. */
  readonly device: GPUDevice | null;
};
