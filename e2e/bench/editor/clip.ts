/** The clip of the editor's benchmark: 1080p, made when it is needed. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';

export const CLIP_WIDTH = 1920;
export const CLIP_HEIGHT = 1080;
export const CLIP_FRAMES_PER_SEC = 25;

/** Path of an H.264 video of so many frames, a key frame each second; made by ffmpeg unless it is there already. */
export function editorClip(root: string, frames: number): string {
  const folder = join(root, '.cache', 'bench');
  const path = join(folder, `editor-1080p-${frames}.mp4`);
  if (!existsSync(path)) {
    mkdirSync(folder, { recursive: true });
    console.log(`Making a 1080p clip of ${frames} frames ...`);
    const half = join(folder, 'editor-unfinished.mp4');
    const source = `testsrc2=size=${CLIP_WIDTH}x${CLIP_HEIGHT}:rate=${CLIP_FRAMES_PER_SEC}`;
    const coding = ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '25', '-pix_fmt', 'yuv420p'];
    const input = ['-f', 'lavfi', '-i', source, '-frames:v', String(frames)];
    execFileSync('ffmpeg', ['-y', '-loglevel', 'error', ...input, ...coding, half], { stdio: 'inherit' });
    renameSync(half, path);
  }
  return path;
}
