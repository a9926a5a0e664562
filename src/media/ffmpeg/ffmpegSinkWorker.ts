/**
 * The worker of @ffmpeg/ffmpeg with one more device in its core: /framesink hands every piece written to it out of the
 * worker at once, where the core's own file systems would collect the output in memory.
 */
import '@ffmpeg/ffmpeg/worker';
import { FRAME_SINK_EVENT } from './frameSinkEvent';

/** The parts of Emscripten's file system that a device needs. */
type CoreFileSystem = {
  makedev(major: number, minor: number): number;
  mkdev(path: string, device: number): void;
  registerDevice(
    device: number,
    operations: {
      open(): void;
      close(): void;
      read(): number;
      write(stream: unknown, buffer: Int8Array, offset: number, length: number): number;
    },
  ): void;
};

type Core = {
  readonly FS: CoreFileSystem;
  logger(event: { type: string; message: string; piece?: Uint8Array }): void;
};
type CoreFactory = (options: object) => Promise<Core>;

function addFrameSink(core: Core): Core {
  const device = core.FS.makedev(64, 1);
  core.FS.registerDevice(device, {
    open: () => undefined,
    close: () => undefined,
    read: () => 0,
    write: (_stream, buffer, offset, length) => {
      const bytes = new Uint8Array(buffer.buffer, buffer.byteOffset + offset, length);
      // The logger is the one channel that @ffmpeg/ffmpeg passes on while the core is busy.
      core.logger({ type: FRAME_SINK_EVENT, message: '', piece: bytes.slice() });
      return length;
    },
  });
  core.FS.mkdev('/framesink', device);
  return core;
}

let createCore: CoreFactory | null = null;

// @ffmpeg/ffmpeg's worker sets this global to the core's factory and calls it from there. A core module of our own
// would be the plainer way, but bundlers drop the exports of worker entries.
Object.defineProperty(self, 'createFFmpegCore', {
  get: (): CoreFactory | null => {
    const create = createCore;
    return create && (async (options) => addFrameSink(await create(options)));
  },
  set: (factory: CoreFactory) => {
    createCore = factory;
  },
});
