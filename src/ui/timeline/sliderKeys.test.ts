/** The keys of the timeline's sliders. */
import { describe, expect, it } from 'vitest';
import { frameOfKey } from './sliderKeys';

describe('frameOfKey', () => {
  it('steps, pages and jumps', () => {
    expect(frameOfKey('ArrowRight', 5, 99)).toBe(6);
    expect(frameOfKey('ArrowLeft', 5, 99)).toBe(4);
    expect(frameOfKey('PageDown', 5, 99)).toBe(15);
    expect(frameOfKey('End', 5, 99)).toBe(99);
  });

  it('stays inside the clip', () => {
    expect(frameOfKey('ArrowLeft', 0, 99)).toBe(0);
    expect(frameOfKey('PageDown', 95, 99)).toBe(99);
  });

  it('leaves other keys alone', () => {
    expect(frameOfKey('r', 5, 99)).toBeNull();
  });
});
