/** frames.csv: which frame of the footage each exported file is, and how that frame looks. */
import { csvField } from '../core/base/csvField';

export type CsvFrame = {
  readonly frameIndex: number;
  readonly timestampSec: number;
  readonly fileName: string;
  /** What framePrint made of its picture; null where the picture could not be read. */
  readonly print?: FramePrintText | null;
};

export type FramePrintText = {
  /** SHA-256 of its pixels as R, G, B bytes, row by row; 64 hex digits. */
  readonly rgbSha256: string;
  /** Mean luma of 16 x 9 cells, 4 hex digits each. */
  readonly luma: string;
};

/**
 * One line for each frame, with a header line and CRLF line ends. `frame` is 0-based, `time_seconds` is the
 * presentation time from the first frame of the footage, to the microsecond.
 */
export function framesCsv(frames: readonly CsvFrame[]): string {
  const lines = frames.map(({ frameIndex, timestampSec, fileName, print }) =>
    [
      String(frameIndex),
      timestampSec.toFixed(6),
      csvField(fileName),
      print?.rgbSha256 ?? '',
      print?.luma ?? '',
    ].join(','),
  );
  return ['frame,time_seconds,file,rgb_sha256,luma_16x9', ...lines, ''].join('\r\n');
}
