import { describe, expect, it } from 'vitest';
import { maskOf, one, ready } from '../../app/__fixtures__/appFixtures';
import type { VideoSupport } from '../../app/maskflowApp';
import { exportEstimate } from '../../core/export/exportEstimate';
import { exportFormatIds, exportFormats, optionValue } from '../../core/export/exportFormats';
import { exportDialogText, frameList, sizeText } from '../text/exportDialogText';
import { formatBlocker, orderBlocker } from './exportFacts';
import { parseFormats } from './keptFormats';

describe('what is told of an export', () => {
  it('lists frames as runs, and does not go on for ever', () => {
    expect(frameList([3])).toBe('3');
    expect(frameList([1, 2, 3, 7, 9, 10])).toBe('1-3, 7, 9-10');
    expect(frameList([0, 2, 4, 6], 2)).toBe('0, 2 and 2 more');
  });

  it('rounds sizes to what a guess is worth', () => {
    expect([500, 34_000, 123_456_789, 7.6e12].map(sizeText)).toEqual([
      'about 1 kB',
      'about 35 kB',
      'about 100 MB',
      'about 7.5 TB',
    ]);
  });

  it('counts files', () => {
    const input = { width: 100, height: 100, frames: 10, objects: 3 };
    const companions = ['frames.csv', 'labels.json', 'export.json', 'provenance.json', 'maskflow_check.py'];
    expect(exportEstimate([], input).files).toBe(companions.length);
    expect(companions.filter((name) => !exportDialogText.always.includes(name))).toEqual([]);
    const filesOf = (id: (typeof exportFormatIds)[number], options = {}): number =>
      exportEstimate([{ id, options }], input).files - exportEstimate([], input).files;
    expect(filesOf('palette')).toBe(10);
    expect(filesOf('soft')).toBe(30);
    expect(filesOf('coco')).toBe(1);
    expect(filesOf('davis')).toBe(21);
    expect(filesOf('yolo', { pictures: 'none' })).toBe(12);
    expect(filesOf('alphaVideo')).toBe(1);
  });

  it('says what the browser cannot encode', () => {
    const support = { mp4: null, webm: 'vp9', alpha: null };
    expect(formatBlocker('overlayVideo', support)).toBeNull();
    expect(formatBlocker('alphaVideo', support)).toContain('transparency');
    expect(formatBlocker('overlayVideo', { ...support, webm: null })).toContain('no encoder');
    expect(formatBlocker('palette', null)).toBeNull();
  });

  it('holds an overlay video back until a file is chosen that the browser can encode', () => {
    const store = ready();
    store.getState().setFrameMasks('propagated', 2, [[one, maskOf(3)]]);
    const blockerOf = (options: Record<string, string>, support: VideoSupport): string | null => {
      const formats = [{ id: 'overlayVideo', options }] as const;
      const order = { target: 'zip', formats, objectIds: [one], fromFrame: 0, toFrame: 9 } as const;
      return orderBlocker(store.getState(), order, support);
    };
    const onlyWebm = { mp4: null, webm: 'vp9', alpha: null } as const;
    const onlyMp4 = { mp4: 'avc', webm: null, alpha: null } as const;
    expect(blockerOf({}, onlyWebm)).toContain('Choose WebM');
    expect(blockerOf({ container: 'webm' }, onlyWebm)).toBeNull();
    expect(blockerOf({ container: 'webm' }, onlyMp4)).toContain('Choose MP4');
    expect(blockerOf({}, onlyMp4)).toBeNull();
  });
});

describe('the list of formats', () => {
  it('has each once, with different places for their files', () => {
    expect(exportFormats.map(({ id }) => id)).toEqual([...exportFormatIds]);
    expect(new Set(exportFormats.map(({ path, group }) => `${group} ${path}`)).size).toBe(
      exportFormatIds.length,
    );
  });

  it('falls back to the first value of an option', () => {
    expect(optionValue({ id: 'soft', options: {} }, 'depth')).toBe('8');
    expect(optionValue({ id: 'soft', options: { depth: '16' } }, 'depth')).toBe('16');
    expect(optionValue({ id: 'soft', options: { depth: '12' } }, 'depth')).toBe('8');
  });

  it('takes from storage only what it knows', () => {
    const kept = [
      { id: 'npz', options: {} },
      { id: 'gif', options: {} },
      { id: 'soft', options: { depth: 16 } },
      3,
    ];
    expect(parseFormats(JSON.stringify(kept))).toEqual([{ id: 'npz', options: {} }]);
    expect(parseFormats('{')).toEqual([]);
    expect(parseFormats(null)).toEqual([]);
  });
});
