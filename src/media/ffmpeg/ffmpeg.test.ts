import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyLogSummary, readLogLine } from './ffmpegLog';
import { JpegSplitter } from './jpegSplitter';

/** A JPEG as to its markers: tables that hold the end marker's bytes, a scan with stuffed and restart bytes. */
const jpegs = fc
  .record({
    table: fc.array(fc.constantFrom(0xff, 0xd9, 0xd8, 0, 7), { maxLength: 20 }),
    scan: fc.array(
      fc.oneof(
        fc.constantFrom([0xff, 0], [0xff, 0xd0], [0xff, 0xd7]),
        fc.nat(254).map((byte) => [byte]),
      ),
      {
        maxLength: 40,
      },
    ),
  })
  .map(({ table, scan }) =>
    [
      [0xff, 0xd8, 0xff, 0xdb, 0, table.length + 2, ...table],
      [0xff, 0xda, 0, 4, 0xff, 0xd9, ...scan.flat(), 0xff, 0xd9],
    ].flat(),
  );

describe('JPEG splitter', () => {
  it('finds the same ends however the stream is cut into pieces', () => {
    fc.assert(
      fc.property(
        fc.array(jpegs, { maxLength: 6 }),
        fc.array(fc.integer({ min: 1, max: 30 })),
        (pictures, cuts) => {
          const stream = Uint8Array.from(pictures.flat());
          let total = 0;
          const expected = pictures.map((picture) => (total += picture.length));
          const splitter = new JpegSplitter();
          const found: number[] = [];
          let at = 0;
          for (const cut of [...cuts, stream.length]) {
            found.push(...splitter.push(stream.subarray(at, at + cut)));
            at = Math.min(stream.length, at + cut);
          }
          expect(found).toEqual(expected);
        },
      ),
    );
  });
});

describe('ffmpeg log', () => {
  it('gathers times, length and codec', () => {
    const log = emptyLogSummary();
    [
      "Input #0, mpeg, from '/in/footage':",
      '  Duration: 01:02:03.50, start: 0.540000, bitrate: 163 kb/s',
      '  Stream #0:0[0x1e0]: Video: mpeg2video (Main), yuv420p(tv, progressive), 96x64, 25 fps, 25 tbr, 90k tbn',
      '  Stream #0:1[0x1c0]: Audio: mp2, 48000 Hz, stereo',
      '[Parsed_showinfo_2 @ 0x1] n:   0 pts:  48600 pts_time:0.54    pos:     2078 fmt:yuv420p sar:1/1 s:96x64',
      '[Parsed_showinfo_2 @ 0x1] color_range:pc color_space:bt470bg',
      '[Parsed_showinfo_2 @ 0x1] n:   1 pts:NOPTS pts_time:NOPTS pos: 1 fmt:yuv420p s:96x64',
      '  Stream #0:0: Video: mjpeg, yuvj420p(pc), 96x64',
    ].forEach((line) => readLogLine(log, line));
    expect(log).toMatchObject({
      durationSec: 3723.5,
      codec: 'mpeg2video',
      hasAudio: true,
      hasFailedDecoding: false,
    });
    expect(log.ptsSec).toEqual([0.54, NaN]);
  });

  it('keeps the last complaint', () => {
    const log = emptyLogSummary();
    readLogLine(log, '[mpeg4 @ 0x1] Error while decoding MB');
    readLogLine(log, '[avi @ 0x2] Could not find codec parameters for stream 0');
    expect(log.hasFailedDecoding).toBe(true);
    expect(log.lastError).toBe('Could not find codec parameters for stream 0');
  });
});
