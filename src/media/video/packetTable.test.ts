import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildPacketTable, hasKeyFrameBetween } from './packetTable';

const packet = (timestamp: number, isKeyFrame = false, duration = 0.04) => ({
  timestamp,
  duration,
  isKeyFrame,
});

describe('packet table', () => {
  it('turns decode order into presentation order and starts at zero', () => {
    const table = buildPacketTable([
      packet(1.4, true),
      packet(1.56),
      packet(1.48),
      packet(1.44),
      packet(1.52),
    ]);
    expect([...table.originSec]).toEqual([1.4, 1.44, 1.48, 1.52, 1.56]);
    expect(table.frameTable.timestampsSec[0]).toBe(0);
    expect(table.frameTable.timestampsSec[4]).toBeCloseTo(0.16, 12);
    expect(table.frameTable.lastDurationSec).toBe(0.04);
    expect(table.keyFrames).toEqual([0]);
  });

  it('leaves out what ends before time zero, and keeps what ends after it', () => {
    const table = buildPacketTable([
      packet(-0.12, true),
      packet(-0.04),
      packet(-0.08),
      packet(-0.02),
      packet(0.02),
    ]);
    expect([...table.originSec]).toEqual([-0.02, 0.02]);
    expect(table.hiddenCount).toBe(3);
    expect(table.keyFrames).toEqual([]);
  });

  it('keeps a first frame at zero that has no duration', () => {
    expect(buildPacketTable([packet(0, true, 0)]).originSec.length).toBe(1);
  });

  it('loses no packet and repeats no time, in any order', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(10_000), { minLength: 1 }), (ticks) => {
        const table = buildPacketTable(ticks.map((tick) => packet(tick / 100)));
        const sorted = ticks.toSorted((left, right) => left - right);
        expect([...table.originSec]).toEqual(sorted.map((tick) => tick / 100));
      }),
    );
  });
});

it('finds key frames between two frames as a plain search does', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(50)), fc.nat(50), fc.nat(50), (keys, after, upTo) => {
      const sorted = keys.toSorted((left, right) => left - right);
      const naive = sorted.some((key) => key > after && key <= upTo);
      expect(hasKeyFrameBetween(sorted, after, upTo)).toBe(naive);
    }),
  );
});
