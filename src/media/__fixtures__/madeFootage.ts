/** Footage that tests make for themselves: images of any size, ZIPs, and a long clip out of a short one. */
import { BlobReader, BlobWriter, ZipWriter } from '@zip.js/zip.js';
import {
  BlobSource,
  BufferTarget,
  CanvasSource,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  Input,
  Output,
  WEBM,
  WebMOutputFormat,
  type EncodedPacket,
} from 'mediabunny';
import type { NamedFile } from '../frameSource';
import { fixtureFile } from './fixtures';

export async function imageFile(
  path: string,
  size: { width: number; height: number },
  shade = 128,
  type: 'image/png' | 'image/jpeg' = 'image/png',
): Promise<NamedFile> {
  const canvas = new OffscreenCanvas(size.width, size.height);
  const context = canvas.getContext('2d');
  if (!context) {
    throw new Error('no canvas');
  }
  context.fillStyle = `rgb(${shade} ${shade} ${255 - shade})`;
  context.fillRect(0, 0, size.width, size.height);
  return named(path, await canvas.convertToBlob({ type }));
}

export function named(path: string, ...parts: BlobPart[]): NamedFile {
  return { file: new File(parts, path.split('/').at(-1) ?? path), path };
}

export async function zipOf(name: string, files: readonly NamedFile[]): Promise<NamedFile> {
  const writer = new ZipWriter(new BlobWriter());
  for (const { file, path } of files) {
    await writer.add(path, new BlobReader(file), { useWebWorkers: false });
  }
  return named(name, await writer.close());
}

/** A WebM of `count` frames that repeats the packets of the VP9 fixture: frame i shows its frame i modulo 30. */
export async function longClip(count: number): Promise<NamedFile> {
  using input = new Input({ formats: [WEBM], source: new BlobSource(await fixtureFile('vp9.webm')) });
  const track = await input.getPrimaryVideoTrack();
  const config = await track?.getDecoderConfig();
  if (!track || !config) {
    throw new Error('the VP9 fixture has no video track');
  }
  const packets: EncodedPacket[] = [];
  for await (const packet of new EncodedPacketSink(track).packets()) {
    packets.push(packet);
  }
  const target = new BufferTarget();
  const output = new Output({ format: new WebMOutputFormat(), target });
  const source = new EncodedVideoPacketSource('vp9');
  output.addVideoTrack(source);
  await output.start();
  for (let index = 0; index < count; index += 1) {
    const packet = packets[index % packets.length];
    await source.add(packet!.clone({ timestamp: index / 25, duration: 1 / 25 }), { decoderConfig: config });
  }
  await output.finalize();
  return named('long.webm', target.buffer!);
}

/** A WebM of `count` frames at 25 frames per second, of which only the first is a key frame; frame i has the shade 2 i. */
export async function longRunClip(count: number): Promise<NamedFile> {
  const canvas = new OffscreenCanvas(96, 64);
  const context = canvas.getContext('2d');
  if (!context) {
    throw new Error('no canvas');
  }
  const target = new BufferTarget();
  const output = new Output({ format: new WebMOutputFormat(), target });
  const source = new CanvasSource(canvas, { codec: 'vp8', bitrate: 1e6, keyFrameInterval: count });
  output.addVideoTrack(source);
  await output.start();
  for (let index = 0; index < count; index += 1) {
    context.fillStyle = `rgb(${2 * index} ${2 * index} ${2 * index})`;
    context.fillRect(0, 0, canvas.width, canvas.height);
    await source.add(index / 25, 1 / 25);
  }
  await output.finalize();
  return named('long-run.webm', target.buffer!);
}
