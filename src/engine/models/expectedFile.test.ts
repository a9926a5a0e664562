/** Files that the user chose, and files that were downloaded: which may differ from the official one, and which not. */
import { describe, expect, it } from 'vitest';
import type { CheckpointSource, GraphManifest } from '../../core/models/graphManifest';
import { smallManifest } from './__fixtures__/smallModel';
import { checkOfficialHash, checkOfficialSize } from './officialFile';

const a = 'aa'.repeat(32);
const b = 'bb'.repeat(32);
const c = 'cc'.repeat(32);

function withSources(...sources: Partial<CheckpointSource>[]): GraphManifest {
  const plain: CheckpointSource = {
    layout: 'torch',
    kind: 'download',
    url: 'https://files.test/small.pth',
    fileName: 'small.pth',
    sizeBytes: null,
    sha256: null,
    sha256Prefix: null,
    licence: 'MIT',
  };
  return { ...smallManifest, sources: sources.map((source) => ({ ...plain, ...source })) };
}

function refusal(check: () => unknown): unknown {
  try {
    check();
    return null;
  } catch (error) {
    return error;
  }
}

function sized(name: string) {
  return { name, sizeBytes: 5, read: async () => new Uint8Array(5) };
}

describe('A file that the user chose', () => {
  it('is not called another one while the hash of some official file is not known', () => {
    const manifest = withSources({ sha256: a }, { fileName: 'other.pt' });
    expect(checkOfficialHash(manifest, 'mine.pth', c)).toBeNull();
    expect(checkOfficialHash(withSources({ sha256: a }), 'mine.pth', c)).toBe(false);
    expect(checkOfficialHash(withSources({ sha256: a }, { sha256: b }), 'renamed.bin', b)).toBe(true);
  });

  it('may have the name that tools give to any weights, and be the user’s own', () => {
    const manifest = withSources({ fileName: 'model.safetensors', sha256: a, sizeBytes: 9 });
    expect(checkOfficialHash(manifest, 'model.safetensors', c)).toBe(false);
    expect(refusal(() => checkOfficialSize(manifest, sized('model (1).safetensors')))).toBeNull();
  });

  it('is refused under an official name, and the place of the official one is named', () => {
    const manifest = withSources({ sha256: a, sizeBytes: 9 });
    const advice = { todo: expect.stringContaining('small.pth from files.test') };
    expect(refusal(() => checkOfficialHash(manifest, 'small (2).pth', c))).toMatchObject(advice);
    expect(refusal(() => checkOfficialSize(manifest, sized('small.pth')))).toMatchObject(advice);
  });
});

describe('A file that was downloaded', () => {
  it('has to be what is known here, also under a name that tools give to any weights', () => {
    const manifest = withSources({ fileName: 'model.safetensors', sha256: a });
    const expected = { sha256: a, statedBy: null };
    expect(checkOfficialHash(manifest, 'model.safetensors', a, expected)).toBe(true);
    expect(() => checkOfficialHash(manifest, 'model.safetensors', c, expected)).toThrow(/official file/);
  });

  it('has to be what its host stated', () => {
    const manifest = withSources({});
    const expected = { sha256: a, statedBy: 'files.test' };
    expect(checkOfficialHash(manifest, 'small.pth', a, expected)).toBeNull();
    expect(() => checkOfficialHash(manifest, 'small.pth', c, expected)).toThrow(
      /not the file that files\.test stated/,
    );
  });

  it('is only noted where nobody stated anything', () => {
    expect(checkOfficialHash(withSources({}), 'small.pth', c, { sha256: null, statedBy: null })).toBeNull();
  });
});
