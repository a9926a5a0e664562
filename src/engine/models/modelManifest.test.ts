/** model.json: the one we write is read, and others are refused with a reason. */
import { describe, expect, it } from 'vitest';
import tiny from '../sam/__fixtures__/model.json';
import { parseModelManifest } from './modelManifest';

describe('parseModelManifest', () => {
  it('reads what the scripts write', () => {
    expect(parseModelManifest(tiny).encoder.file).toBe('tinyEncoder.onnx');
  });

  it('names what is wrong', () => {
    expect(() => parseModelManifest({ ...tiny, formatVersion: 2 })).toThrow(/formatVersion/);
    const escaping = { ...tiny, decoder: { ...tiny.decoder, file: '../secret.onnx' } };
    expect(() => parseModelManifest(escaping)).toThrow(/decoder\.file/);
    expect(() => parseModelManifest(null)).toThrow(/model\.json/);
  });
});
