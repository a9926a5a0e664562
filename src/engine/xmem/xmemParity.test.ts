/** XMem under Node on seeded weights: against the original's outputs, and against a plain writing of the same. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { nodeWasmContext } from '../ort/__fixtures__/nodeWasmRuntime';
import {
  followGolden,
  graphErrors,
  readGolden,
  startSeededXMem,
  type ReadFile,
  type SeededXMem,
} from './__fixtures__/goldenRun';
import { followMini } from './__fixtures__/miniRun';

const modelFolder = path.join(import.meta.dirname, '../../../public/models/xmem');
const goldenFolder = path.join(import.meta.dirname, '../../../../shared/parity/xmem');
/** 24 frames take half a minute on a quiet machine. */
const PATIENCE_MS = 300_000;
const hasGolden = existsSync(goldenFolder);
if (!hasGolden) {
  console.info('skipped: the reference outputs of XMem (../shared/parity/xmem) are not here');
}

function readFrom(folder: string): ReadFile {
  return async (name) => Uint8Array.from(await readFile(path.join(folder, name)));
}

let xmem: SeededXMem;

beforeAll(async () => {
  xmem = await startSeededXMem(nodeWasmContext(), readFrom(modelFolder));
}, PATIENCE_MS);

it(
  'draws what a plain writing of the same draws: a label that joins, a frame annotated ahead',
  async () => {
    const frames = await followMini(xmem);
    expect(frames).toHaveLength(13);
    for (const [index, { drawn, wanted, marginError, confidenceError }] of frames.entries()) {
      expect(drawn, `labels of frame ${index + 1}`).toEqual(wanted);
      expect(marginError, `margins of frame ${index + 1}`).toBeLessThan(0.03);
      expect(confidenceError, `confidence on frame ${index + 1}`).toBeLessThan(0.01);
    }
  },
  PATIENCE_MS,
);

describe.skipIf(!hasGolden)('on the reference clip', () => {
  it('computes what each network of the original does', async () => {
    const errors = await graphErrors(await readGolden(readFrom(goldenFolder)), xmem);
    expect(Object.keys(errors)).toHaveLength(7);
    for (const [name, error] of Object.entries(errors)) {
      expect(error, name).toBeLessThan(1e-3);
    }
  });

  it(
    'follows the original through consolidation and eviction',
    async () => {
      const golden = await readGolden(readFrom(goldenFolder));
      const frames = await followGolden(golden, xmem, golden.json.frames.length);
      expect(frames).toHaveLength(24);
      frames.forEach(({ error, sizes, wanted }, frame) => {
        expect(error, `probabilities of frame ${frame}`).toBeLessThan(2e-3);
        expect(sizes, `memory after frame ${frame}`).toEqual(wanted);
      });
      const largest = Math.max(...frames.map(({ error }) => error));
      console.info(`XMem under Node: probabilities off by ${largest.toExponential(1)} at most`);
    },
    PATIENCE_MS,
  );
});
