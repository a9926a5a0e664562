/** Reads exported ZIPs and true masks, and compares them. */
import { readFileSync } from 'node:fs';
import { decode } from 'fast-png';
import { unzipSync, strFromU8 } from 'fflate';

/** What every export holds beside its masks. */
export const exportCompanions = [
  'export.json',
  'frames.csv',
  'labels.json',
  'maskflow_check.py',
  'provenance.json',
];

export type DecodedMap = { width: number; height: number; data: Uint8Array };

/** Decodes an indexed or 8-bit grey PNG to its raw values. */
export function decodeLabelMap(bytes: Uint8Array): DecodedMap {
  const png = decode(bytes);
  if (png.channels !== 1) {
    throw new Error(`expected an indexed or grey PNG, got ${png.channels} channels`);
  }
  return { width: png.width, height: png.height, data: Uint8Array.from(png.data) };
}

export function readLabelMap(path: string): DecodedMap {
  return decodeLabelMap(readFileSync(path));
}

export type ExportedZip = { names: string[]; map(name: string): DecodedMap; text(name: string): string };

export function readExport(path: string): ExportedZip {
  const entries = unzipSync(readFileSync(path));
  const entry = (name: string): Uint8Array => {
    const bytes = entries[name];
    if (!bytes) {
      throw new Error(`no ${name} in ${Object.keys(entries).join(', ')}`);
    }
    return bytes;
  };
  return {
    names: Object.keys(entries),
    map: (name) => decodeLabelMap(entry(name)),
    text: (name) => strFromU8(entry(name)),
  };
}

/** Intersection over union of value `a` in `found` and value `b` in `truth`. */
export function iou(found: DecodedMap, a: number, truth: DecodedMap, b: number): number {
  if (found.width !== truth.width || found.height !== truth.height) {
    throw new Error(`sizes differ: ${found.width}x${found.height} and ${truth.width}x${truth.height}`);
  }
  let both = 0;
  let either = 0;
  for (let index = 0; index < found.data.length; index += 1) {
    const inFound = found.data[index] === a;
    const inTruth = truth.data[index] === b;
    both += inFound && inTruth ? 1 : 0;
    either += inFound || inTruth ? 1 : 0;
  }
  return either === 0 ? 1 : both / either;
}
