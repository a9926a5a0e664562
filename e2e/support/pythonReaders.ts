/** Independent programs that read exports: Python's libraries, ffmpeg and ffprobe. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { bestPython, hasProgram } from '../../scripts/readers/python.mjs';

const { python, readers } = bestPython();
const readBack = join(import.meta.dirname, '..', '..', 'scripts', 'readers', 'readBack.py');

/** Whether a reader (by import name) or program is there; says so once when it is not. */
export function hasReader(name: string): boolean {
  const isThere = name.startsWith('ff')
    ? hasProgram(name)
    : readers.includes('numpy') && readers.includes(name);
  if (!isThere) {
    console.log(`skipped: no ${name}`);
  }
  return isThere;
}

function run(command: string, args: readonly string[]): Buffer {
  const { status, stdout, stderr } = spawnSync(command, args, { maxBuffer: 1 << 30 });
  if (status !== 0) {
    throw new Error(`${command} ${args.join(' ')}\n${String(stdout)}${String(stderr)}`);
  }
  return stdout;
}

/** Compares an export with the truth beside it; throws with what is wrong. */
export function readBackWith(reader: string, folder: string): string {
  return String(run(python, [readBack, reader, folder]));
}

/** What the checker that an export holds says about it. */
export function checkExport(folder: string, args: readonly string[]): string {
  return String(run(python, [join(folder, 'maskflow_check.py'), ...args]));
}

/** Presentation times of a video's frames in seconds, as ffprobe tells them. */
export function probedTimes(path: string): number[] {
  const what = [
    '-select_streams',
    'v:0',
    '-show_entries',
    'frame=best_effort_timestamp_time',
    '-of',
    'csv=p=0',
  ];
  return String(run('ffprobe', ['-v', 'error', ...what, path]))
    .split('\n')
    .map((line) => line.trim().replace(/,$/, ''))
    .filter((line) => line !== '')
    .map(Number);
}

/** RGBA of all frames, as ffmpeg decodes VP9 with alpha. */
export function decodedRgba(path: string): Buffer {
  const options = ['-v', 'error', '-c:v', 'libvpx-vp9', '-i', path, '-vsync', '0'];
  return run('ffmpeg', [...options, '-f', 'rawvideo', '-pix_fmt', 'rgba', '-']);
}
