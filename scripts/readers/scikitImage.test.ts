/** The same values as scikit-image: asked where a Python with it is at hand, and as it answered once elsewhere. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeRle, type Rle } from '../../src/core/mask/rle';
import { rleWhere, valuesOf } from '../../src/core/measure/__fixtures__/shapes';
import { plainCalibration } from '../../src/core/measure/calibration';
import { labelQuantity, type LabelQuantity } from '../../src/core/measure/quantityValues';
import { VENV_PYTHON } from './python.mjs';

/** What regionprops.py answered with scikit-image 0.26.0; remade by that script. */
const kept = path.join(import.meta.dirname, 'regionprops.json');

/** MASKFLOW_PYTHON, the Python of the other readers, or the system's: the first that has scikit-image. */
function findPython(): string | null {
  const candidates = [process.env.MASKFLOW_PYTHON, VENV_PYTHON, 'python3'].filter(
    (name) => name !== undefined,
  );
  const hasScikitImage = (name: string): boolean =>
    spawnSync(name, ['-c', 'import skimage, numpy'], { stdio: 'ignore' }).status === 0;
  return candidates.find(hasScikitImage) ?? null;
}

const python = findPython();
if (python === null) {
  console.info(
    'no Python with scikit-image is at hand (set MASKFLOW_PYTHON to one): compared with what it answered before',
  );
}

const size = { width: 97, height: 83 };
const wave = (x: number, y: number): number =>
  Math.sin(x * 0.31 + 1) * Math.cos(y * 0.27) + Math.sin(x * 0.05 - y * 0.11);

const masks: Record<string, Rle> = {
  disc: rleWhere(size, (x, y) => Math.hypot(x - 48, y - 41) < 30),
  ellipse: rleWhere(size, (x, y) => ((x - 48 + y - 41) / 40) ** 2 + ((x - 48 - y + 41) / 17) ** 2 < 1),
  annulus: rleWhere(size, (x, y) => Math.abs(Math.hypot(x - 50, y - 40) - 25) < 9),
  rectangle: rleWhere(size, (x, y) => x > 10 && x < 71 && y > 20 && y < 40),
  'one pixel': rleWhere(size, (x, y) => x === 5.5 && y === 7.5),
  'at the border': rleWhere(size, (x, y) => x + y < 60),
  blobs: rleWhere(size, (x, y) => wave(x, y) > 0.2),
  specks: rleWhere(size, (x, y) => Math.abs(Math.sin(x * 91.7 + y * 37.3)) > 0.6),
};

type Reference = { readonly [name: string]: number } & { readonly box: readonly number[] };

function referenceText(names: readonly string[]): string {
  if (python === null) {
    return readFileSync(kept, 'utf8');
  }
  const input = JSON.stringify({ ...size, masks: names.map((name) => [...decodeRle(masks[name]!).data]) });
  const script = path.join(import.meta.dirname, 'regionprops.py');
  return spawnSync(python, [script], { input, encoding: 'utf8', maxBuffer: 1 << 26 }).stdout;
}

describe('scikit-image', () => {
  const names = Object.keys(masks);
  const references = JSON.parse(referenceText(names)) as Reference[];

  it.each(names.map((name, index) => [name, index] as const))('measures the same of %s', (name, index) => {
    const expected = references[index]!;
    const values = valuesOf(size, masks[name]!);
    const up = { calibration: { ...plainCalibration, yAxis: 'up' as const }, size };
    const quantity = (id: LabelQuantity): number => labelQuantity(id, values, 1, up);
    expect(values.area).toBe(expected.area);
    expect([values.boxX0, values.boxY0, values.boxX1, values.boxY1]).toEqual(expected.box);
    expect([values.pieces, values.holes]).toEqual([expected.pieces, expected.holes]);
    for (const id of ['centroidX', 'centroidY'] as const) {
      expect(values[id]).toBeCloseTo(expected[id]!, 8);
    }
    if (['disc', 'ellipse', 'annulus'].includes(name)) {
      // Crofton's formula, right on average over directions; ours is another one, right for each.
      expect(Math.abs(values.perimeter / expected.perimeter! - 1)).toBeLessThan(0.025);
    }
    for (const id of ['equivalentDiameter', 'majorAxis', 'minorAxis'] as const) {
      expect(quantity(id)).toBeCloseTo(expected[id]!, 6);
    }
    if (expected.majorAxis! > 0) {
      expect(quantity('eccentricity')).toBeCloseTo(expected.eccentricity!, 6);
    }
    if (expected.majorAxis! - expected.minorAxis! > 1e-6) {
      // Theirs starts from the axis that points down; a quarter turn on, the axis that points right.
      const turn = (quantity('orientation') - (expected.orientation! - 90) + 360) % 180;
      expect(Math.min(turn, 180 - turn)).toBeLessThan(1e-6);
    }
  });
});
