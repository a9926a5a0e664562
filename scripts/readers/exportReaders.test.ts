/** Every format that needs no browser, read back by someone else's library and by the checker that exports hold. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cocoRleText } from '../../src/core/export/cocoRleText';
import { isBigTiff } from '../../src/core/export/bigTiff';
import type { ExportFormatId, FormatChoice } from '../../src/core/export/exportFormats';
import { maskPolygons } from '../../src/core/export/maskPolygons';
import { encodeRle } from '../../src/core/mask/rle';
import { deflate } from '../../src/export/pngFile';
import { evenLength, tiffDirectory, tiffStart } from '../../src/export/tiffDirectory';
import { bestPython, READERS } from './python.mjs';
import { writeSynthetic } from './syntheticExport';

const { python, readers } = bestPython();
const readBack = join(import.meta.dirname, 'readBack.py');

function choices(options: Partial<Record<ExportFormatId, Record<string, string>>>): FormatChoice[] {
  return Object.entries(options).map(([id, chosen]) => ({ id: id as ExportFormatId, options: chosen }));
}

const none = { pictures: 'none' };
const all = {
  palette: {},
  binary: {},
  soft: {},
  cutout: {},
  overlay: {},
  frames: {},
  coco: {},
  npz: {},
  tiff: {},
};
const layouts = { yolo: none, davis: none, youtubeVos: none };

/** Each a way to export everything: folder name, numbers of the two labels, formats. */
const variants = {
  plain: { numbers: [1, 2], formats: choices({ ...all, ...layouts }) },
  deep: {
    numbers: [1, 15],
    formats: choices({
      ...all,
      ...layouts,
      palette: { depth: 'smallest' },
      soft: { depth: '16' },
      coco: { segmentation: 'polygons' },
    }),
  },
  many: { numbers: [254, 300], formats: choices({ palette: {}, npz: {}, tiff: {}, coco: {}, davis: none }) },
} as const;

type Variant = keyof typeof variants;
const names = Object.keys(variants) as Variant[];

let root: string;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'maskflow-readers-'));
  for (const name of names) {
    await writeSynthetic(join(root, name), variants[name].numbers, variants[name].formats);
  }
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

function run(args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(python, [...args], { encoding: 'utf8' });
  if (status !== 0) {
    throw new Error(`${args.join(' ')}\n${stdout}${stderr}`);
  }
  return stdout;
}

for (const reader of Object.keys(READERS) as (keyof typeof READERS)[]) {
  const isThere = readers.includes(reader) && readers.includes('numpy');
  if (!isThere) {
    console.log(`skipped: no ${READERS[reader]}`);
  }
  describe.skipIf(!isThere)(READERS[reader], () => {
    const wanted = names.filter((name) => reader !== 'cv2' || name !== 'many');
    it.each(wanted)('reads what was exported (%s)', (name) => {
      expect(run([readBack, reader, join(root, name)])).not.toBe('');
    });
  });
}

const hasChecker = readers.includes('numpy') && (readers.includes('PIL') || readers.includes('cv2'));
describe.skipIf(!hasChecker)('maskflow_check.py', () => {
  it.each(names)('finds nothing wrong with what was exported (%s)', (name) => {
    const output = run([join(root, name, 'maskflow_check.py')]);
    expect(output).toContain('Everything fits.');
    expect(output).not.toContain('FAIL');
  });

  it('goes by the names in frames.csv where text sorts them otherwise', async () => {
    const folder = join(root, 'unpadded');
    const formats = choices({ palette: {}, davis: none, youtubeVos: none });
    await writeSynthetic(folder, [1, 2], formats, (frameIndex) => `img${frameIndex}`);
    const output = run([join(folder, 'maskflow_check.py')]);
    expect(output).toContain('davis: the same masks as palette');
    expect(output).toContain('youtubeVos: the same masks as palette');
    expect(output).not.toContain('FAIL');
  });

  it('names the frames whose mattes are hard because the mask was painted', () => {
    expect(run([join(root, 'plain', 'maskflow_check.py')])).toMatch(
      /soft, label 2: a hard mask only .* frames 9/,
    );
  });

  it.skipIf(!readers.includes('cv2'))('reads the same without Pillow', () => {
    const without = "import sys; sys.modules['PIL'] = None; sys.argv = sys.argv[1:]; import runpy; ";
    const code = `${without}runpy.run_path(sys.argv[0], run_name='__main__')`;
    const { status, stdout } = spawnSync(python, ['-c', code, join(root, 'plain', 'maskflow_check.py')], {
      encoding: 'utf8',
    });
    expect([status, stdout.includes('FAIL')]).toEqual([0, false]);
  });

  it('finds a mask that was changed, and a frame that was', () => {
    const folder = join(root, 'damaged');
    execFileSync('cp', ['-r', join(root, 'plain'), folder]);
    const copy = (from: string, to: string): void =>
      void execFileSync('cp', [join(folder, from), join(folder, to)]);
    copy('labels/00008.png', 'labels/00007.png');
    copy('frames/00008.png', 'frames/00007.png');
    const { status, stdout } = spawnSync(python, [join(folder, 'maskflow_check.py')], { encoding: 'utf8' });
    expect(status).toBe(1);
    expect(stdout).toMatch(/FAIL {2}npz: the same masks as palette/);
    expect(stdout).toMatch(/FAIL {2}frames: every picture has the SHA-256/);
  });
});

describe.skipIf(!readers.includes('tifffile') || !readers.includes('PIL'))('a BigTIFF', () => {
  it('is read by tifffile and Pillow', async () => {
    const pages = [3, 200].map((value) => new Uint8Array(7 * 5).fill(value, 4));
    const start = tiffStart(true);
    const parts: Uint8Array[] = [];
    let position = start.headLength;
    for (const [place, pixels] of pages.entries()) {
      const packed = await deflate(pixels);
      const next = pages[place + 1] ? await deflate(pages[place + 1]!) : null;
      const text = place === 0 ? 'ImageJ=1.54f\nimages=2\nframes=2\n' : null;
      const page = { width: 7, height: 5, bits: 8, stripBytes: packed.length, text, isBig: true } as const;
      const end = position + evenLength(packed.length) + tiffDirectory(page, 0, 0).length;
      if (place === 0) {
        parts.push(start.head(packed.length));
      }
      parts.push(packed, new Uint8Array(packed.length & 1));
      parts.push(tiffDirectory(page, position, next ? end + evenLength(next.length) : 0));
      position = end;
    }
    const file = join(root, 'big.tif');
    writeFileSync(file, Buffer.concat(parts));
    const code = `
import sys, numpy as np, tifffile
from PIL import Image, ImageSequence
truth = np.full((2, 35), 0); truth[0, 4:] = 3; truth[1, 4:] = 200
truth = truth.reshape(2, 5, 7)
with tifffile.TiffFile(sys.argv[1]) as tiff:
    assert tiff.is_bigtiff and np.array_equal(tiff.asarray(), truth)
assert np.array_equal(np.stack([np.array(page) for page in ImageSequence.Iterator(Image.open(sys.argv[1]))]), truth)
`;
    expect(() => run(['-c', code, file])).not.toThrow();
  });

  it('is written for label maps that may not fit into 4 GB', () => {
    expect([2e9, 3.9e9, 4e9].map(isBigTiff)).toEqual([false, false, true]);
  });
});

const anyMask = fc
  .record({ width: fc.integer({ min: 1, max: 12 }), height: fc.integer({ min: 1, max: 12 }) })
  .chain(({ width, height }) =>
    fc
      .array(fc.integer({ min: 0, max: 1 }), { minLength: width * height, maxLength: width * height })
      .map((pixels) => ({ width, height, data: Uint8Array.from(pixels) })),
  );

const PYCOCO = `
import json, sys
import numpy as np
from pycocotools import mask as coco
for case in json.load(open(sys.argv[1])):
    height, width = case['size']
    truth = np.array(case['pixels'], np.uint8).reshape(height, width)
    text = coco.encode(np.asfortranarray(truth))['counts'].decode()
    assert text == case['counts'], (case, text)
    drawn = np.zeros_like(truth)
    if case['polygons']:
        drawn = coco.decode(coco.merge(coco.frPyObjects(case['polygons'], height, width)))
    assert np.array_equal(drawn, truth), (case, drawn.tolist())
`;

describe.skipIf(!readers.includes('pycocotools'))('strings and polygons of any mask', () => {
  it('are those of pycocotools', () => {
    const large = { width: 97, height: 803 };
    const stripes = Uint8Array.from({ length: large.width * large.height }, (_, pixel) =>
      (pixel * 7919) % 1000 < 3 || pixel % large.width > 60 ? 1 : 0,
    );
    const cases = [...fc.sample(anyMask, { numRuns: 400, seed: 5 }), { ...large, data: stripes }].map(
      (mask) => ({
        size: [mask.height, mask.width],
        pixels: [...mask.data],
        counts: cocoRleText(encodeRle(mask)),
        polygons: maskPolygons(mask),
      }),
    );
    const file = join(root, 'cases.json');
    writeFileSync(file, JSON.stringify(cases));
    expect(() => run(['-c', PYCOCO, file])).not.toThrow();
  });
});
