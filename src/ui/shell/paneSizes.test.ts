/** Pane sizes: only sizes are read back, and every window bounds them. */
import { expect, it } from 'vitest';
import { paneCss, paneLimits, parsePaneSizes } from './paneSizes';

it('reads back sizes and nothing else', () => {
  expect(parsePaneSizes('{"left":300,"timeline":"4","other":7,"inspector":-2}')).toEqual({ left: 300 });
  for (const broken of [null, '', '[', '3', 'null']) {
    expect(parsePaneSizes(broken)).toEqual({});
  }
});

it('leaves the picture its room in small windows and large ones', () => {
  const small = { width: 1024, height: 768 };
  const left = paneLimits('left', small).mostPx;
  const inspector = paneLimits('inspector', small).mostPx;
  expect(small.width - left - inspector).toBeGreaterThan(240);
  expect(small.height - paneLimits('timeline', small).mostPx).toBeGreaterThan(300);
  expect(paneLimits('left', { width: 400, height: 300 })).toEqual({ leastPx: 232, mostPx: 232 });
  expect(paneLimits('inspector', { width: 3840, height: 2160 }).mostPx).toBe(1536);
});

it('is bounded by CSS alone', () => {
  expect(paneCss('timeline', 250.4)).toBe('clamp(160px, 250px, max(160px, 60vh))');
});
