/** EdgeTAM's checkpoint with weights computed from their names, the parity clip, and what the original draws with them. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encode } from 'fast-png';
import type { GraphManifest } from '../../src/core/models/graphManifest';
import { parityFrame, parityMask } from '../../src/engine/__fixtures__/parityClip';
import { goldenLabels, type AppGolden } from '../../src/engine/sam2/__fixtures__/appGolden';
import { seededSafetensors, type SeedRule } from '../../src/engine/sam2/__fixtures__/seededSam2';

const root = join(import.meta.dirname, '..', '..');

export type EdgetamGolden = {
  readonly rules: readonly SeedRule[];
  /** Frames that were drawn; `labels`: a label for each pixel, row by row. */
  readonly frames: readonly { readonly frame: number; readonly labels: Uint8Array }[];
};

export function edgetamGolden(): EdgetamGolden {
  const path = join(root, 'src', 'engine', 'sam2', '__fixtures__', 'edgetamAppGolden.json');
  const golden = JSON.parse(readFileSync(path, 'utf8')) as AppGolden;
  return {
    rules: golden.rules,
    frames: golden.frames.map(({ frame }) => ({ frame, labels: goldenLabels(golden, frame) })),
  };
}

/** About 56 MB. */
export function writeEdgetamCheckpoint(path: string, { rules }: EdgetamGolden): void {
  const manifest = join(root, 'public', 'models', 'edgetam', 'manifest.json');
  writeFileSync(path, seededSafetensors(JSON.parse(readFileSync(manifest, 'utf8')) as GraphManifest, rules));
}

export type WrittenClip = {
  readonly pictures: string[];
  /** Both objects on frame 0. */
  readonly mask: string;
  readonly width: number;
  readonly height: number;
};

/** Frames up to the last one that the golden has, as PNG files. */
export function writeEdgetamClip(folder: string, { frames }: EdgetamGolden): WrittenClip {
  const count = Math.max(...frames.map(({ frame }) => frame)) + 1;
  const pictures = Array.from({ length: count }, (_, frame) => {
    const { width, height, data } = parityFrame(frame);
    const path = join(folder, `parity_${String(frame).padStart(2, '0')}.png`);
    writeFileSync(path, encode({ width, height, data, channels: 4 }));
    return path;
  });
  const [first, second] = [parityMask(1, 0), parityMask(2, 0)];
  const { width, height } = first;
  const data = first.data.map((value, pixel) => (second.data[pixel] ? 2 : value));
  const mask = join(folder, 'mask_00.png');
  writeFileSync(mask, encode({ width, height, data, channels: 1 }));
  return { pictures, mask, width, height };
}
