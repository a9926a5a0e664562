// Writes the footage fixtures and what ffmpeg itself sees in them. Needs ffmpeg on the PATH; the output is committed.
import { execFileSync, spawnSync } from 'node:child_process';
import {
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { zipSync } from 'fflate';

const OUT = fileURLToPath(new URL('../src/media/__fixtures__/', import.meta.url));
const GRID = 8;

/** The last argument is the output; without the flags, some containers hold random ids and dates. */
function ffmpeg(...args) {
  const output = args.pop();
  const exact = ['-fflags', '+bitexact', '-flags:v', '+bitexact', '-flags:a', '+bitexact'];
  execFileSync('ffmpeg', ['-nostdin', '-y', '-v', 'error', ...args, ...exact, output], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}

/** testsrc2 with the frame number written in binary, low bit first, into eight blocks along the top quarter. */
function source(width, height, frames, rate = '25') {
  const bit = `mod(floor(N/pow(2,floor(X*8/${width}))),2)`;
  const luma = `geq=lum='if(lt(Y,${Math.round(height / 4)}),16+219*${bit},lum(X,Y))':cb='if(lt(Y,${Math.round(height / 8)}),128,cb(X,Y))':cr='if(lt(Y,${Math.round(height / 8)}),128,cr(X,Y))'`;
  return [
    '-f',
    'lavfi',
    '-i',
    `testsrc2=size=${width}x${height}:rate=${rate},format=yuv420p,${luma}`,
    '-frames:v',
    String(frames),
  ];
}

const X264 = ['-c:v', 'libx264', '-preset', 'slow', '-crf', '26', '-pix_fmt', 'yuv420p'];

const at = (name) => join(OUT, name);

function writeClips() {
  const small = source(96, 64, 30);
  ffmpeg(...small, ...X264, '-bf', '3', '-g', '12', '-movflags', '+faststart', at('h264-bframes.mp4'));
  ffmpeg(...source(96, 64, 30, '30000/1001'), ...X264, '-bf', '2', '-g', '12', at('ntsc.mkv'));
  ffmpeg(
    ...source(96, 64, 48),
    '-vf',
    'select=lt(mod(n\\,7)\\,4)+eq(mod(n\\,11)\\,5)',
    '-fps_mode',
    'vfr',
    ...X264,
    '-g',
    '10',
    at('variable-rate.mp4'),
  );
  ffmpeg(...source(96, 64, 50), ...X264, '-bf', '2', '-g', '25', at('tmp-long.mp4'));
  ffmpeg('-ss', '0.48', '-i', at('tmp-long.mp4'), '-c', 'copy', at('edit-list.mp4'));
  ffmpeg('-i', at('h264-bframes.mp4'), '-c', 'copy', '-metadata:s:v', 'rotate=90', at('rotated.mp4'));
  ffmpeg(...small, '-c:v', 'libvpx-vp9', '-b:v', '0', '-crf', '36', '-g', '12', at('vp9.webm'));
  ffmpeg(...small, '-vf', 'setsar=4/3', ...X264, at('anamorphic.mp4'));
  ffmpeg(...small, ...X264, '-bf', '2', '-g', '12', '-f', 'mpegts', at('h264.m2t'));
  ffmpeg(...small, '-c:v', 'mpeg2video', '-q:v', '5', '-g', '12', '-bf', '2', at('mpeg2.mpg'));
  ffmpeg(
    ...source(96, 64, 24),
    '-c:v',
    'mpeg2video',
    '-q:v',
    '5',
    '-g',
    '12',
    '-f',
    'mpegts',
    at('mpeg2.m2t'),
  );
  ffmpeg(...small, '-c:v', 'mpeg4', '-q:v', '5', '-g', '12', at('mpeg4.avi'));
  ffmpeg(...source(1920, 1080, 3), '-c:v', 'mpeg4', '-q:v', '24', '-g', '12', at('full-hd.avi'));
  ffmpeg(...source(96, 64, 8), '-c:v', 'prores_ks', '-profile:v', '0', at('prores.mov'));
  ffmpeg(
    ...source(96, 64, 24),
    '-c:v',
    'libx265',
    '-x265-params',
    'log-level=none',
    '-crf',
    '30',
    '-tag:v',
    'hvc1',
    at('hevc.mp4'),
  );
  ffmpeg(
    ...source(97, 65, 24),
    '-pix_fmt',
    'yuv444p',
    '-c:v',
    'libx264',
    '-crf',
    '26',
    '-g',
    '12',
    at('odd-size.mp4'),
  );
  ffmpeg('-f', 'lavfi', '-i', 'sine=duration=1', '-c:a', 'aac', '-b:a', '32k', at('audio-only.mp4'));
  ffmpeg('-f', 'lavfi', '-i', 'sine=duration=1', '-c:a', 'pcm_u8', '-ar', '8000', at('audio-only.avi'));
  ffmpeg(...source(96, 64, 30), ...X264, at('tmp-moov-last.mp4'));
  ffmpeg(
    '-f',
    'lavfi',
    '-i',
    'color=0x28c83c:size=64x48:rate=25,format=rgb24',
    '-frames:v',
    '3',
    '-vf',
    'scale=out_color_matrix=bt709:out_range=tv,format=yuv422p10le,setparams=colorspace=bt709:color_primaries=bt709:color_trc=bt709',
    '-c:v',
    'prores_ks',
    '-profile:v',
    '0',
    at('tagged-709.mov'),
  );
  writeTruncated(at('h264-bframes.mp4'), at('truncated-end.mp4'), 0.6);
  writeTruncated(at('tmp-moov-last.mp4'), at('truncated-moov.mp4'), 0.6);
  rmSync(at('tmp-long.mp4'));
  rmSync(at('tmp-moov-last.mp4'));
}

function writeTruncated(from, to, share) {
  writeFileSync(to, readFileSync(from));
  truncateSync(to, Math.floor(statSync(from).size * share));
}

/** Twelve PNGs named without leading zeros, so that only a natural sort gets them in order, and the usual litter. */
function writeImageZip() {
  const folder = mkdtempSync(join(tmpdir(), 'fixtures-'));
  ffmpeg(...source(96, 64, 12), '-pix_fmt', 'rgb24', join(folder, 'frame%d.png'));
  const entries = { 'clip/.DS_Store': new Uint8Array(8), '__MACOSX/clip/._frame1.png': new Uint8Array(8) };
  const pixels = [];
  for (let number = 1; number <= 12; number += 1) {
    const path = join(folder, `frame${number}.png`);
    entries[`clip/frame${number}.png`] = new Uint8Array(readFileSync(path));
    pixels.push(...decode(path).frames);
  }
  entries['clip/readme.txt'] = new TextEncoder().encode('not a picture');
  writeFileSync(join(OUT, 'images.zip'), zipSync(entries, { mtime: new Date('2020-01-02T00:00:00Z') }));
  rmSync(folder, { recursive: true });
  return { width: 96, height: 64, timestampsSec: pixels.map((_, index) => index / 25), signatures: pixels };
}

/** One pass of ffmpeg: every shown frame's time, and an 8x8 RGB thumbnail of its picture with rotation applied. */
function decode(path) {
  const filter = 'scale=iw*sar:ih,setsar=1,showinfo=checksum=0';
  const args = [
    '-nostdin',
    '-v',
    'info',
    '-i',
    path,
    '-map',
    '0:v:0',
    '-vf',
    filter,
    '-fps_mode',
    'passthrough',
    '-f',
    'rawvideo',
    '-pix_fmt',
    'rgb24',
    '-',
  ];
  const run = spawnSync('ffmpeg', args, { maxBuffer: 1 << 28 });
  const times = [];
  let size = null;
  for (const line of run.stderr.toString().split('\n')) {
    const frame = /Parsed_showinfo.* n: *\d+ .*pts_time:([-\d.e+]+).* s:(\d+)x(\d+)/.exec(line);
    if (frame) {
      times.push(Number(frame[1]));
      size = { width: Number(frame[2]), height: Number(frame[3]) };
    }
  }
  if (!size) {
    throw new Error(`ffmpeg showed no frame of ${path}`);
  }
  const bytesPerFrame = size.width * size.height * 3;
  if (run.stdout.length !== bytesPerFrame * times.length) {
    throw new Error(`${path}: ${run.stdout.length} bytes for ${times.length} frames of ${bytesPerFrame}`);
  }
  const frames = times.map((_, index) =>
    signature(
      run.stdout.subarray(index * bytesPerFrame, (index + 1) * bytesPerFrame),
      size.width,
      size.height,
    ),
  );
  return { ...size, timestampsSec: times.map((time) => Number((time - times[0]).toFixed(6))), frames };
}

/** Mean colour of each cell of an 8x8 grid, row by row, RGB bytes as base64. */
function signature(rgb, width, height) {
  const cells = Buffer.alloc(GRID * GRID * 3);
  for (let row = 0; row < GRID; row += 1) {
    for (let column = 0; column < GRID; column += 1) {
      const [x0, x1] = [Math.floor((column * width) / GRID), Math.floor(((column + 1) * width) / GRID)];
      const [y0, y1] = [Math.floor((row * height) / GRID), Math.floor(((row + 1) * height) / GRID)];
      for (let channel = 0; channel < 3; channel += 1) {
        let sum = 0;
        for (let y = y0; y < y1; y += 1) {
          for (let x = x0; x < x1; x += 1) {
            sum += rgb[(y * width + x) * 3 + channel];
          }
        }
        cells[(row * GRID + column) * 3 + channel] = Math.round(sum / ((x1 - x0) * (y1 - y0)));
      }
    }
  }
  return cells.toString('base64');
}

/** Clips whose every frame the tests compare with ffmpeg's. */
const COMPARED = [
  'h264-bframes.mp4',
  'ntsc.mkv',
  'variable-rate.mp4',
  'edit-list.mp4',
  'rotated.mp4',
  'vp9.webm',
  'anamorphic.mp4',
  'h264.m2t',
  'mpeg2.mpg',
  'mpeg2.m2t',
  'mpeg4.avi',
  'full-hd.avi',
  'prores.mov',
  'hevc.mp4',
  'odd-size.mp4',
];

writeClips();
const expected = { 'images.zip': writeImageZip() };
for (const name of COMPARED) {
  const { width, height, timestampsSec, frames } = decode(join(OUT, name));
  expected[name] = { width, height, timestampsSec, signatures: frames };
}
writeFileSync(join(OUT, 'expected.json'), `${JSON.stringify(expected, null, 1)}\n`);
for (const name of readdirSync(OUT)) {
  console.log(`${name} ${statSync(join(OUT, name)).size} bytes`, expected[name]?.timestampsSec.length ?? '');
}
