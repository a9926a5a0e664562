/** XMem under Node against the original's outputs on seeded weights. */
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
  type Golden,
  type SeededXMem,
} from './__fixtures__/goldenRun';

const modelFolder = path.join(import.meta.dirname, '../../../public/models/xmem');
const goldenFolder = path.join(import.meta.dirname, '../../../../shared/parity/xmem');
const hasGolden = existsSync(goldenFolder);
if (!hasGolden) {
  console.info('skipped: the reference outputs of XMem (../shared/parity/xmem) are not here');
}

const readFrom = (folder: string) => async (name: string) =>
  Uint8Array.from(await readFile(path.join(folder, name)));

describe.skipIf(!hasGolden)('on the reference clip', () => {
  let golden: Golden;
  let xmem: SeededXMem;

  beforeAll(async () => {
    golden = await readGolden(readFrom(goldenFolder));
    xmem = await startSeededXMem(nodeWasmContext(), readFrom(modelFolder));
  });

  it('computes what each network of the original does', async () => {
    const errors = await graphErrors(golden, xmem);
    expect(Object.keys(errors)).toHaveLength(7);
    for (const [name, error] of Object.entries(errors)) {
      expect(error, name).toBeLessThan(1e-3);
    }
  });

  it('follows the original through consolidation and eviction', async () => {
    const frames = await followGolden(golden, xmem, golden.json.frames.length);
    frames.forEach(({ error, sizes, wanted }, frame) => {
      expect(error, `probabilities of frame ${frame}`).toBeLessThan(2e-3);
      expect(sizes, `memory after frame ${frame}`).toEqual(wanted);
    });
    console.info(
      `largest error of a probability: ${Math.max(...frames.map(({ error }) => error)).toExponential(1)}`,
    );
  });
});
