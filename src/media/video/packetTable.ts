/** The frame table of a video track, from its packets' times alone: nothing is decoded. */
import type { FrameTable } from '../../core/video/frameTable';

export type PacketTime = {
  readonly timestamp: number;
  readonly duration: number;
  readonly isKeyFrame: boolean;
};

export type PacketTable = {
  readonly frameTable: FrameTable;
  /** The container's own timestamps in seconds, to query the demuxer with: frame i starts at `originSec[i]`. */
  readonly originSec: Float64Array;
  /** Indices of the frames that decode without others, ascending. */
  readonly keyFrames: readonly number[];
  /** Frames that the file holds before its first shown one. */
  readonly hiddenCount: number;
};

/**
 * Packets come in decode order and are sorted into presentation order. After a cut without re-encoding the edit list
 * places the frames needed only for decoding before time 0; they end at or before 0 and players do not show them.
 */
export function buildPacketTable(packets: readonly PacketTime[]): PacketTable {
  const shown = packets.filter(({ timestamp, duration }) => timestamp + duration > 0 || timestamp >= 0);
  const sorted = shown.toSorted((left, right) => left.timestamp - right.timestamp);
  const unique = sorted.filter((packet, index) => packet.timestamp !== sorted[index - 1]?.timestamp);
  const first = unique[0]?.timestamp ?? 0;
  const last = unique.at(-1);
  const previous = unique.at(-2);
  const gap = last && previous ? last.timestamp - previous.timestamp : 0;
  return {
    frameTable: {
      timestampsSec: Float64Array.from(unique, ({ timestamp }) => timestamp - first),
      lastDurationSec: last && last.duration > 0 ? last.duration : gap,
    },
    originSec: Float64Array.from(unique, ({ timestamp }) => timestamp),
    keyFrames: unique.flatMap(({ isKeyFrame }, index) => (isKeyFrame ? [index] : [])),
    hiddenCount: packets.length - shown.length,
  };
}

/** The first frame after `after` that decodes without others; null when there is none. */
export function keyFrameAfter(keyFrames: readonly number[], after: number): number | null {
  let low = 0;
  let high = keyFrames.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((keyFrames[middle] ?? 0) > after) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return keyFrames[low] ?? null;
}

/** Whether a frame that decodes without others lies in (after, upTo]. */
export function hasKeyFrameBetween(keyFrames: readonly number[], after: number, upTo: number): boolean {
  return (keyFrameAfter(keyFrames, after) ?? Infinity) <= upTo;
}
