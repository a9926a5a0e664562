/** The models in public/models: their manifests are read, and their graphs are the files that the manifests name. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseGraphManifest } from './parseGraphManifest';

const folder = new URL('../../../public/models/', import.meta.url);
const ids = readdirSync(folder).filter((id) => existsSync(new URL(`${id}/manifest.json`, folder)));

describe('public/models', () => {
  it('has models', () => {
    expect(ids.length).toBeGreaterThan(0);
  });

  it.each(ids)('%s: every graph is the one that its manifest names', (id) => {
    const text = readFileSync(new URL(`${id}/manifest.json`, folder), 'utf8');
    const manifest = parseGraphManifest(JSON.parse(text));
    expect(manifest.id).toBe(id);
    for (const variant of Object.values(manifest.variants)) {
      for (const { file, sizeBytes, sha256 } of Object.values(variant.graphs)) {
        const bytes = readFileSync(new URL(`${id}/${file}`, folder));
        const found = {
          file,
          sizeBytes: bytes.length,
          sha256: createHash('sha256').update(bytes).digest('hex'),
        };
        expect(found).toEqual({ file, sizeBytes, sha256 });
      }
    }
  });
});
