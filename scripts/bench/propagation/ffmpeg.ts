/** An ffmpeg to decode with: the one on the path, or one that comes in an npm package. */
import { spawn, spawnSync } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { UsageError, type BenchHost } from './host';

/** The binary is in the package itself; `@ffmpeg-installer/PLATFORM-ARCH`, newest of each. */
const PACKAGED: Readonly<Record<string, string>> = {
  'darwin-arm64': '4.1.5',
  'darwin-x64': '4.1.0',
  'linux-arm': '4.1.3',
  'linux-arm64': '4.1.4',
  'linux-ia32': '4.1.0',
  'linux-x64': '4.1.0',
  'win32-ia32': '4.1.0',
  'win32-x64': '4.1.0',
};

export type Ffmpeg = {
  readonly path: string;
  /** The option by which every frame comes out once, whatever its timestamp: its name has changed. */
  readonly passthrough: readonly string[];
};

export async function findFfmpeg(fetchTool: BenchHost['fetchTool']): Promise<Ffmpeg> {
  return probe('ffmpeg') ?? packagedFfmpeg(fetchTool);
}

export async function packagedFfmpeg(fetchTool: BenchHost['fetchTool']): Promise<Ffmpeg> {
  const platform = `${process.platform}-${process.arch}`;
  const version = PACKAGED[platform];
  if (version === undefined) {
    throw new UsageError(
      `There is no ffmpeg on the path, and none to fetch for ${platform}: install ffmpeg.`,
    );
  }
  const folder = await fetchTool({ name: `@ffmpeg-installer/${platform}`, version, size: 'about 60 MB' });
  const path = join(folder, process.platform === 'win32' ? 'ffmpeg.exe' : 'ffmpeg');
  await chmod(path, 0o755);
  const found = probe(path);
  if (!found) {
    throw new UsageError(`The fetched ${path} does not start: install ffmpeg.`);
  }
  return found;
}

function probe(path: string): Ffmpeg | null {
  const choices = [
    ['-fps_mode', 'passthrough'],
    ['-vsync', '0'],
  ];
  const passthrough = choices.find((options) => spawnSync(path, [...options, '-version']).status === 0);
  return passthrough ? { path, passthrough } : null;
}

/** Runs it; `input` files go to its standard input, one after the other. Rejects with what it said. */
export async function runFfmpeg(
  { path }: Ffmpeg,
  args: readonly string[],
  input: readonly string[],
): Promise<void> {
  const child = spawn(path, ['-hide_banner', '-loglevel', 'error', '-y', ...args], {
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject).on('close', resolve);
  });
  // It may stop reading early, having all frames that it was asked for.
  child.stdin.on('error', () => undefined);
  await Promise.all([ended, feed(child.stdin, input)]);
  if ((await ended) !== 0) {
    throw new UsageError(`ffmpeg failed: ${said.trim()}`);
  }
}

async function feed(sink: Writable, files: readonly string[]): Promise<void> {
  for (const file of files) {
    for await (const part of createReadStream(file)) {
      if (sink.destroyed) {
        return;
      }
      if (!sink.write(part)) {
        await new Promise<void>((resolve) => {
          sink.once('drain', resolve).once('close', resolve);
        });
      }
    }
  }
  sink.end();
}
