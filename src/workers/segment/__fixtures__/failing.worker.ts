/** A segment worker whose engine is beyond use in the ways that a test asks for; its name says how `load` goes. */
import { expose } from 'comlink';
import { UserFacingError } from '../../../core/base/errors';
import type { EngineInfo, Provider } from '../../../core/engine/engineInfo';
import { installErrorEnvelope } from '../../rpc/errorEnvelope';
import { serveStream } from '../../rpc/stream';

installErrorEnvelope();

/** A module with one exported function, `f`, that is nothing but `unreachable`. */
const trapModule = Uint8Array.from(
  atob('AGFzbQEAAAABBAFgAAADAgEABwUBAWYAAAoFAQMAAAs='),
  (character) => character.codePointAt(0) ?? 0,
);

async function trap(): Promise<void> {
  const { instance } = await WebAssembly.instantiate(trapModule);
  (instance.exports as { f(): void }).f();
}

function startFailed(): UserFacingError {
  const [what, safe, todo] = ['The engine could not start.', 'Safe.', 'Load again.'];
  return new UserFacingError({ code: 'engine-start-failed', what, safe, todo });
}

expose({
  onEngineChange: () => undefined,
  connectFrames: () => undefined,
  setFootage: () => undefined,
  load: async (_options: unknown, _onProgress: unknown, onProvider: (provider: Provider) => void) => {
    if (self.name === 'webgpu' || self.name === 'wasm') {
      onProvider(self.name);
      throw startFailed();
    }
    const info: Partial<EngineInfo> = { provider: 'wasm', modelName: 'None' };
    return info;
  },
  encode: async () => {
    throw new Error('failed to call OrtRun(). ERROR_CODE: 6, ERROR_MESSAGE: std::bad_alloc');
  },
  predict: trap,
  previewMaskPrompt: async () => {
    throw startFailed();
  },
  stats: async () => {
    throw new Error('an ordinary fault');
  },
  propagate: (_request: unknown, port: MessagePort) =>
    void serveStream(port, async function* () {
      yield 1;
      await trap();
    }),
});
