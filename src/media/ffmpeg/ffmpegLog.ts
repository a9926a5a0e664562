/** What ffmpeg's log lines say about the footage that it converts. */

export type FfmpegLogSummary = {
  /** Presentation times as ffmpeg gives them, one per frame that passed the showinfo filter. */
  readonly ptsSec: number[];
  /** Length in seconds as the container claims, 0 when it does not. */
  durationSec: number;
  /** Codec name of the first video stream, such as `mpeg2video`; null while none was named. */
  codec: string | null;
  hasAudio: boolean;
  hasFailedDecoding: boolean;
  /** The last line that reports an error, for the message. */
  lastError: string | null;
};

export function emptyLogSummary(): FfmpegLogSummary {
  return {
    ptsSec: [],
    durationSec: 0,
    codec: null,
    hasAudio: false,
    hasFailedDecoding: false,
    lastError: null,
  };
}

/** Adds one line to the summary. */
export function readLogLine(summary: FfmpegLogSummary, line: string): void {
  const frame = /Parsed_showinfo.*\bn: *\d+ .*\bpts_time:(-?[\d.e+-]+|NOPTS)/.exec(line);
  if (frame) {
    summary.ptsSec.push(frame[1] === 'NOPTS' ? NaN : Number(frame[1]));
    return;
  }
  const duration = /^\s*Duration: (\d+):(\d+):(\d+(?:\.\d+)?)/.exec(line);
  if (duration) {
    summary.durationSec = Number(duration[1]) * 3600 + Number(duration[2]) * 60 + Number(duration[3]);
    return;
  }
  const stream = /^\s*Stream #0:\d+.*: (Video|Audio): (\w+)/.exec(line);
  if (stream?.[1] === 'Video') {
    summary.codec ??= stream[2] ?? null;
  } else if (stream) {
    summary.hasAudio = true;
  } else if (
    /error while decoding|invalid data|could not|no such|moov atom not found|decoder .*not found/i.test(line)
  ) {
    summary.hasFailedDecoding ||= /error while decoding|invalid data/i.test(line);
    summary.lastError = line.replace(/^\[[^\]]*\]\s*/, '').trim();
  }
}
