/** Adjusted pictures: neutral means untouched, every curve rises, and a switched-off channel is off. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  adjustPixels,
  channelTables,
  clampedAdjustments,
  isNeutral,
  isSameAdjustment,
  neutralAdjustments,
  type DisplayAdjustments,
} from './displayAdjustments';

const adjustments: fc.Arbitrary<DisplayAdjustments> = fc.record({
  brightness: fc.double({ min: -1, max: 1, noNaN: true }),
  contrast: fc.double({ min: 0, max: 4, noNaN: true }),
  gamma: fc.double({ min: 0.2, max: 5, noNaN: true }),
  channelGains: fc.tuple(
    fc.double({ min: 0, max: 4, noNaN: true }),
    fc.double({ min: 0, max: 4, noNaN: true }),
    fc.double({ min: 0, max: 4, noNaN: true }),
  ),
});

describe('display adjustments', () => {
  it('leave every pixel as it is when neutral', () => {
    const data = Uint8ClampedArray.from({ length: 1024 }, (_, index) => index % 256);
    const before = data.slice();
    adjustPixels(data, channelTables(neutralAdjustments));
    expect(data).toEqual(before);
    expect(isNeutral(neutralAdjustments)).toBe(true);
    expect(isNeutral({ ...neutralAdjustments, channelGains: [1, 0, 1] })).toBe(false);
  });

  it('never turn light and dark about', () => {
    fc.assert(
      fc.property(adjustments, (chosen) => {
        for (const table of channelTables(chosen)) {
          expect(table.every((value, index) => index === 0 || value >= table[index - 1]!)).toBe(true);
        }
      }),
    );
  });

  it('do what they are called', () => {
    const [lighter] = channelTables({ ...neutralAdjustments, gamma: 2 });
    expect(lighter[64]).toBe(Math.round(Math.sqrt(64 / 255) * 255));
    expect([lighter[0], lighter[255]]).toEqual([0, 255]);
    const [brighter] = channelTables({ ...neutralAdjustments, brightness: 0.2 });
    expect(brighter[0]).toBe(51);
    const [steeper] = channelTables({ ...neutralAdjustments, contrast: 3 });
    expect([steeper[80], steeper[90], steeper[128], steeper[170]]).toEqual([0, 15, 129, 255]);
    const [red, green, blue] = channelTables({
      ...neutralAdjustments,
      brightness: 0.4,
      channelGains: [0, 0.5, 1],
    });
    expect(red.every((value) => value === 0)).toBe(true);
    expect(green[100]).toBe(50 + 102);
    expect(blue[100]).toBe(100 + 102);
  });

  it('change colours by channel and leave alpha alone', () => {
    const data = Uint8ClampedArray.of(10, 20, 30, 40, 200, 210, 220, 0);
    adjustPixels(data, channelTables({ ...neutralAdjustments, channelGains: [2, 1, 0] }));
    expect([...data]).toEqual([20, 20, 0, 40, 255, 210, 0, 0]);
  });

  it('are brought into range, and compared by value', () => {
    const wild = { brightness: 9, contrast: -1, gamma: Number.NaN, channelGains: [9, -1, 1] as const };
    expect(clampedAdjustments(wild)).toEqual({
      brightness: 1,
      contrast: 0,
      gamma: 0.2,
      channelGains: [4, 0, 1],
    });
    expect(isSameAdjustment({ ...neutralAdjustments, channelGains: [1, 1, 1] }, neutralAdjustments)).toBe(
      true,
    );
    expect(isSameAdjustment({ ...neutralAdjustments, channelGains: [1, 1, 2] }, neutralAdjustments)).toBe(
      false,
    );
  });
});
