/** XMem on WASM in Chromium on seeded weights: the same as under Node. */
import { beforeAll, describe, expect, it } from 'vitest';
import { commands } from 'vitest/browser';
import { GpuTensorCensus } from '../ort/gpuTensorCensus';
import { loadBrowserRuntime } from '../ort/loadBrowserRuntime';
import { SessionMutex } from '../ort/sessionMutex';
import {
  followGolden,
  graphErrors,
  readGolden,
  startSeededXMem,
  type Golden,
  type SeededXMem,
} from './__fixtures__/goldenRun';
import { followMini } from './__fixtures__/miniRun';

const GOLDEN_FOLDER = '../shared/parity/xmem';

/** 24 frames take half a minute on a quiet machine. */
const PATIENCE_MS = 300_000;

let xmem: SeededXMem;
let golden: Golden | null = null;

async function readModel(name: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(`/models/xmem/${name}`);
  return new Uint8Array(await response.arrayBuffer());
}

async function readReference(name: string): Promise<Uint8Array<ArrayBuffer>> {
  const base64 = await commands.readFile(`${GOLDEN_FOLDER}/${name}`, 'base64');
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

beforeAll(async () => {
  const runtime = await loadBrowserRuntime('wasm', 2);
  const context = { runtime, mutex: new SessionMutex(), census: new GpuTensorCensus() };
  xmem = await startSeededXMem(context, readModel);
  golden = await readGolden(readReference).catch(() => null);
}, PATIENCE_MS);

it(
  'draws what a plain writing of the same draws',
  async () => {
    const frames = await followMini(xmem);
    expect(frames).toHaveLength(13);
    for (const { drawn, wanted, marginError } of frames) {
      expect(drawn).toEqual(wanted);
      expect(marginError).toBeLessThan(0.03);
    }
  },
  PATIENCE_MS,
);

describe('on the reference clip', () => {
  it(
    'computes what the original does, frame by frame',
    async ({ skip }) => {
      if (!golden) {
        console.info(`skipped: the reference outputs of XMem (${GOLDEN_FOLDER}) are not here`);
        skip();
        return;
      }
      for (const [name, error] of Object.entries(await graphErrors(golden, xmem))) {
        expect(error, name).toBeLessThan(1e-3);
      }
      const frames = await followGolden(golden, xmem, golden.json.frames.length);
      frames.forEach(({ error, sizes, wanted }, frame) => {
        expect(error, `probabilities of frame ${frame}`).toBeLessThan(2e-3);
        expect(sizes, `memory after frame ${frame}`).toEqual(wanted);
      });
      console.info(
        `XMem in Chromium: probabilities off by ${Math.max(...frames.map(({ error }) => error)).toExponential(1)} at most`,
      );
    },
    PATIENCE_MS,
  );
});
