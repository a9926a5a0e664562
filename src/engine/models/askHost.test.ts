/** Hosts are asked over HTTP, and believed only as far as what they say has the known form. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { askHost } from './askHost';

const sha256 = '0a4067b11ce1e23d5229203f11c718a823060d15a4b23fa2372a7d4b77cbbc60';

/** As huggingface.co answers, fields that are of no use here among them. */
const tree = [
  { type: 'directory', oid: 'f6c5c4a1', size: 0, path: 'onnx' },
  { type: 'file', oid: 'dc08351d4dc0732d9c8af04070ced089b201ce2f', size: 345, path: '.gitattributes' },
  {
    type: 'file',
    oid: 'ba5d19791be1dd7992e33bd61f20207b0f7f50a5',
    size: 184_305_280,
    lfs: { oid: sha256, size: 184_305_280, pointerSize: 134 },
    xetHash: 'cc58b0c515e3f188ce0430649dc553f0fc6e156b987e4341cbc2532d0b49358d',
    path: 'model.safetensors',
  },
];

let server: Server;
let origin: string;
let asked: string[];
let answer: (request: IncomingMessage, response: ServerResponse) => void;

beforeEach(async () => {
  asked = [];
  server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers.referer ?? '-'}`);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  vi.unstubAllGlobals();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function json(value: unknown): typeof answer {
  return (_, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(typeof value === 'string' ? value : JSON.stringify(value));
  };
}

const file = () => `${origin}/facebook/sam2.1-hiera-small/resolve/main/model.safetensors`;

it('takes size and SHA-256 from the list of files of a repository, and asks for nothing else', async () => {
  answer = json(tree);
  expect(await askHost(file())).toEqual({ host: new URL(origin).host, sizeBytes: 184_305_280, sha256 });
  expect(asked).toEqual(['GET /api/models/facebook/sam2.1-hiera-small/tree/main -']);
});

it('looks into the folder that a file lies in, and knows no hash of a file that git keeps itself', async () => {
  answer = json([{ type: 'file', oid: 'dc08351d', size: 345, path: 'weights/a b.pt' }]);
  const stated = await askHost(`${origin}/o/r/resolve/v1.0/weights/a%20b.pt`);
  expect(stated).toMatchObject({ sizeBytes: 345, sha256: null });
  expect(asked).toEqual(['GET /api/models/o/r/tree/v1.0/weights -']);
});

it.each([
  ['no JSON', '<html>', /not of the form/],
  ['another form', { files: tree }, /not of the form/],
  ['no hash in the place of one', [{ ...tree[2], lfs: { oid: 'sha', size: 1 } }], /not of the form/],
  ['a size that is none', [{ ...tree[2], size: -1 }], /not of the form/],
  ['two sizes', [{ ...tree[2], size: 5 }], /two sizes/],
  ['no such file', tree.slice(0, 2), /no file model\.safetensors/],
])('believes nothing in an answer with %s', async (_, value, reason) => {
  answer = json(value);
  const asking = askHost(file());
  await expect(asking).rejects.toThrow(reason);
  await expect(asking).rejects.toMatchObject({
    code: 'checkpoint-download',
    safe: 'Nothing was downloaded.',
  });
});

it('asks other hosts for the length alone', async () => {
  answer = (_, response) => response.setHeader('content-length', '1234').end();
  const url = `${origin}/models/xmem/XMem.pth`;
  expect(await askHost(url)).toEqual({ host: new URL(origin).host, sizeBytes: 1234, sha256: null });
  expect(asked).toEqual(['HEAD /models/xmem/XMem.pth -']);
  answer = (_, response) =>
    response.setHeader('content-encoding', 'br').setHeader('content-length', '7').end();
  expect(await askHost(url)).toMatchObject({ sizeBytes: null });
  answer = (_, response) => response.setHeader('content-type', 'text/html').end();
  await expect(askHost(url)).rejects.toThrow(/web page/);
});

it('says so where a host refuses, is silent or is not there, and ends when it is cancelled', async () => {
  answer = (_, response) => response.writeHead(404).end();
  await expect(askHost(file())).rejects.toThrow(/answers 404/);
  await expect(askHost(file())).rejects.toMatchObject({ todo: expect.stringContaining('is noted') });
  await expect(askHost(file(), { isHashKnown: true })).rejects.toMatchObject({
    todo: expect.stringContaining('the hash is known here, and what comes is held against it'),
  });
  answer = () => undefined;
  await expect(askHost(file(), { timeOutMs: 50 })).rejects.toThrow(/no answer came in time/);
  const controller = new AbortController();
  const asking = askHost(file(), { signal: controller.signal });
  controller.abort();
  await expect(asking).rejects.toMatchObject({ code: 'cancelled' });
  const closed = file();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  vi.stubGlobal('navigator', { onLine: true });
  await expect(askHost(closed)).rejects.toThrow(/could not be reached \(this device may be offline/);
  vi.stubGlobal('navigator', { onLine: false });
  await expect(askHost(closed)).rejects.toThrow(/could not be reached, since this device is offline/);
  server = createServer().listen(0);
});
