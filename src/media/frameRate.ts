/** Whether a clip's frames are evenly spaced, and at which rate. */
import { durationSec, frameCount, type FrameTable } from '../core/video/frameTable';

/** Matroska and AVI-to-anything tools round times to whole milliseconds. */
const ROUNDING_SEC = 0.0011;
const COMMON_RATES = [24000 / 1001, 24, 25, 30000 / 1001, 30, 48, 50, 60000 / 1001, 60, 100, 120, 240];

/** Frames per second; null when the spacing varies. A common rate is returned exactly when it explains all times. */
export function constantFrameRate(table: FrameTable): number | null {
  const count = frameCount(table);
  const total = durationSec(table);
  if (count === 0 || total <= 0) {
    return null;
  }
  const last = table.timestampsSec[count - 1] ?? 0;
  const measured = count === 1 ? 1 / total : (count - 1) / last;
  // 0.5 % around: times rounded to milliseconds shift the mean of a short clip by that much.
  const common = COMMON_RATES.filter(
    (rate) => Math.abs(rate - measured) / rate < 0.005 && explains(table, rate),
  );
  common.sort((left, right) => Math.abs(left - measured) - Math.abs(right - measured));
  return common[0] ?? (explains(table, measured) ? measured : null);
}

function explains(table: FrameTable, rate: number): boolean {
  return table.timestampsSec.every(
    (timestampSec, index) => Math.abs(timestampSec - index / rate) <= ROUNDING_SEC,
  );
}
