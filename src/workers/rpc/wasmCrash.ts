/** Tells a WASM module that is beyond use from an error after which it goes on working. */
import { UserFacingError } from '../../core/base/errors';

/** Emscripten's abort and exit, C++'s failed allocation as ONNX Runtime reports it, and the browser's own words. */
const CRASH = /\babort(ed)?\(|program terminated with exit|out of memory|bad_alloc|allocation failed/i;

/**
 * A trap or abort leaves the module's memory in an unknown state, and memory that ran out never shrinks: only a new
 * worker helps. `RuntimeError` is the name of WebAssembly.RuntimeError, also after crossing threads.
 */
export function isWasmCrash(error: unknown): error is Error {
  return (
    error instanceof Error &&
    !(error instanceof UserFacingError) &&
    (error.name === 'RuntimeError' || CRASH.test(error.message))
  );
}
