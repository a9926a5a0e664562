/**
 * ffmpeg's core with one more device, /framesink, that hands every piece written to it out of the worker at once. Runs
 * inside the worker of @ffmpeg/ffmpeg, which imports this module as if it were the core itself.
 */
import { FRAME_SINK_EVENT } from './frameSinkEvent';

type DeviceStream = { position: number };

/** The parts of Emscripten's file system that a device needs. */
type CoreFileSystem = {
  makedev(major: number, minor: number): number;
  mkdev(path: string, device: number): void;
  registerDevice(
    device: number,
    operations: {
      open(stream: DeviceStream): void;
      close(stream: DeviceStream): void;
      read(): number;
      write(stream: DeviceStream, buffer: Int8Array, offset: number, length: number): number;
    },
  ): void;
};

type Core = {
  readonly FS: CoreFileSystem;
  logger(event: { type: string; message: string; piece?: Uint8Array }): void;
};
type CoreFactory = (options: { mainScriptUrlOrBlob: string }) => Promise<Core>;

/** `mainScriptUrlOrBlob` ends in `#` and the base64 JSON in which @ffmpeg/ffmpeg hands over the URLs it was given. */
async function createCoreWithFrameSink(options: { mainScriptUrlOrBlob: string }): Promise<Core> {
  const encoded = options.mainScriptUrlOrBlob.slice(options.mainScriptUrlOrBlob.lastIndexOf('#') + 1);
  // The single-threaded core starts no worker of its own, which leaves workerURL free to name the core.
  const { workerURL: coreUrl } = JSON.parse(atob(encoded)) as { workerURL: string };
  const { default: createCore } = (await import(/* @vite-ignore */ coreUrl)) as { default: CoreFactory };
  const core = await createCore(options);
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

export default createCoreWithFrameSink;
