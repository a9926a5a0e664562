/** Fetching models: progress, damaged and missing files, the copy kept for the next visit. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import tiny from '../sam/__fixtures__/model.json';
import { tinyModelUrl } from '../sam/__fixtures__/tinyScene';
import { sha256Hex } from './fetchedFile';
import { loadModelFiles } from './modelFiles';

const realFetch = globalThis.fetch;

/** Answers for files under `folder` with what `change` makes of the tiny model's, and counts the requests. */
function serve(folder: string, change: (name: string, response: Response) => Promise<Response>): string[] {
  const requests: string[] = [];
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const url = String(input);
    if (!url.startsWith(folder)) {
      return realFetch(input, init);
    }
    const name = url.slice(folder.length);
    requests.push(name);
    return change(name, await realFetch(new URL(name, tinyModelUrl)));
  });
  return requests;
}

function freshFolder(): string {
  return new URL(`/test-models/${crypto.randomUUID()}/`, location.href).href;
}

afterEach(async () => {
  vi.restoreAllMocks();
  await caches.delete('maskflow-models');
});

describe('loadModelFiles', () => {
  it('reports progress up to the end and gives the files that model.json promises', async () => {
    const fractions: (number | null)[] = [];
    const files = await loadModelFiles(tinyModelUrl, ({ fraction }) => fractions.push(fraction));
    expect(fractions.at(-1)).toBe(1);
    expect(await sha256Hex(files.encoder)).toBe(tiny.encoder.sha256);
    expect(await sha256Hex(files.decoder)).toBe(tiny.decoder.sha256);
  });

  it('keeps the graphs for the next visit', async () => {
    const folder = freshFolder();
    const requests = serve(folder, async (_, response) => response);
    await loadModelFiles(folder, () => undefined);
    await loadModelFiles(folder, () => undefined);
    expect(requests).toEqual(['model.json', 'tinyEncoder.onnx', 'tinyDecoder.onnx', 'model.json']);
  });

  it('refuses a damaged file by name', async () => {
    const folder = freshFolder();
    serve(folder, async (name, response) => {
      const bytes = new Uint8Array(await response.arrayBuffer());
      if (name === 'tinyDecoder.onnx') {
        bytes[100] = bytes[100]! ^ 1;
      }
      return new Response(bytes);
    });
    await expect(loadModelFiles(folder, () => undefined)).rejects.toMatchObject({
      code: 'model-corrupt',
      what: expect.stringContaining('tinyDecoder.onnx'),
    });
  });

  it('refuses a file cut short, and a model.json that is none', async () => {
    const cut = freshFolder();
    serve(cut, async (name, response) =>
      name.endsWith('.onnx') ? new Response((await response.arrayBuffer()).slice(0, 50)) : response,
    );
    await expect(loadModelFiles(cut, () => undefined)).rejects.toMatchObject({ code: 'model-corrupt' });
    const wrong = freshFolder();
    serve(wrong, async () => new Response('{"formatVersion": 1}'));
    await expect(loadModelFiles(wrong, () => undefined)).rejects.toMatchObject({ code: 'model-corrupt' });
  });

  it('says what is missing, also when the server answers with its front page or not at all', async () => {
    const page = freshFolder();
    serve(page, async () => new Response('<html>', { headers: { 'content-type': 'text/html' } }));
    await expect(loadModelFiles(page, () => undefined)).rejects.toMatchObject({ code: 'model-missing' });
    const silent = freshFolder();
    serve(silent, async () => {
      throw new TypeError('network down');
    });
    await expect(loadModelFiles(silent, () => undefined)).rejects.toMatchObject({ code: 'model-missing' });
  });
});
