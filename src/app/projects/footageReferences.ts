/** Describes opened footage in the way a project refers to it. */
import { frameTableText, type FootageReference } from '../../core/project/footageReference';
import type { FootageInfo } from '../../core/video/footageInfo';
import { frameCount } from '../../core/video/frameTable';
import type { InputFile } from '../inputFile';

/** `files` are the files it was opened from. */
export async function referenceOf(
  info: FootageInfo,
  files: readonly InputFile[],
  source: FootageReference['source'],
): Promise<FootageReference> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(frameTableText(info)));
  return {
    source,
    kind: info.kind,
    name: info.name,
    sizeBytes: files.reduce((sum, { file }) => sum + file.size, 0),
    fileCount: files.length,
    width: info.width,
    height: info.height,
    frameCount: frameCount(info.frameTable),
    frameTableHash: Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join(''),
    imageRate: imageRateOf(info),
  };
}

/** The rate that the user gave image files; null for videos, whose times are their own. */
export function imageRateOf(info: FootageInfo): number | null {
  return info.kind === 'images' ? info.frameRate : null;
}
