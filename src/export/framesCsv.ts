/** frames.csv: which frame of the footage each exported file is. */

export type CsvFrame = {
  readonly frameIndex: number;
  readonly timestampSec: number;
  readonly fileName: string;
};

/** RFC 4180, section 2: a field with a comma, quote or line break stands in quotes, and quotes in it are doubled. */
function csvField(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * One line for each frame, with a header line and CRLF line ends. `frame` is 0-based, `time_seconds` is the
 * presentation time from the first frame of the footage, to the microsecond.
 */
export function framesCsv(frames: readonly CsvFrame[]): string {
  const lines = frames.map((frame) =>
    [String(frame.frameIndex), frame.timestampSec.toFixed(6), csvField(frame.fileName)].join(','),
  );
  return ['frame,time_seconds,file', ...lines, ''].join('\r\n');
}
