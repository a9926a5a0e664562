/** Every message about footage that cannot be used: what happened, what is safe, what to do. */
import { UserFacingError, type ErrorCode } from '../core/base/errors';

/** Smaller pictures hold nothing to segment. */
export const MIN_SIDE_PX = 16;
/** Total pixels of one picture; above, one frame alone takes more memory than a browser tab can spare several of. */
export const MAX_PIXELS = 4096 * 4096;

function footageError(code: ErrorCode, what: string, todo: string, cause?: unknown): UserFacingError {
  return new UserFacingError({ code, what, safe: 'What was open stays open.', todo }, { cause });
}

export function emptyFile(name: string): UserFacingError {
  return footageError(
    'footage-empty',
    `${name} is empty (0 bytes).`,
    'Copy or export the file again and open the new copy.',
  );
}

export function nothingToOpen(): UserFacingError {
  return footageError(
    'footage-empty',
    'There is no file in what was chosen.',
    'Choose a video, a ZIP or a folder of PNG or JPEG images.',
  );
}

export function truncatedFile(name: string, detail: string): UserFacingError {
  return footageError(
    'footage-truncated',
    `${name} is cut off: ${detail}.`,
    'Copy or download it again completely; if this is the only copy, repair it first (for example with untrunc) and open the result.',
  );
}

export function noVideo(name: string): UserFacingError {
  return footageError(
    'footage-no-video',
    `${name} has no picture track, only sound or data.`,
    'Open the file that holds the pictures.',
  );
}

export function textFile(name: string): UserFacingError {
  return footageError(
    'footage-unknown-format',
    `${name} holds text, not video, whatever its name says.`,
    'Open a video, a ZIP or a folder of PNG or JPEG images.',
  );
}

export function unknownFormat(name: string, cause?: unknown): UserFacingError {
  return footageError(
    'footage-unknown-format',
    `${name} is in no format that Maskflow or its ffmpeg can read.`,
    'Convert it to MP4 (H.264) or to a folder of PNG images and open that.',
    cause,
  );
}

export function noUsableFile(count: number, example: string): UserFacingError {
  return footageError(
    'footage-unknown-format',
    `None of the ${count} files is a PNG or JPEG image or a video (the first is ${example}).`,
    'Choose a folder or ZIP that holds PNG or JPEG images, or a single video.',
  );
}

export function severalVideos(names: readonly string[]): UserFacingError {
  return footageError(
    'footage-unknown-format',
    `${names.length} videos were chosen at once (${names.slice(0, 2).join(', ')}${names.length > 2 ? ', ...' : ''}).`,
    'Open one video at a time.',
  );
}

/** Refuses pictures outside the size limits; `width` and `height` are display pixels. */
export function checkPictureSize(name: string, width: number, height: number): void {
  if (width < MIN_SIDE_PX || height < MIN_SIDE_PX) {
    throw footageError(
      'footage-too-small',
      `${name} is ${width} x ${height} pixels; each side must have at least ${MIN_SIDE_PX}.`,
      'Open the original picture rather than a thumbnail or placeholder.',
    );
  }
  if (width * height > MAX_PIXELS) {
    const megapixels = ((width * height) / 1e6).toFixed(1);
    throw footageError(
      'footage-too-large',
      `${name} is ${width} x ${height} pixels (${megapixels} megapixels); the limit is 4096 x 4096 (16.8 megapixels) in all.`,
      'Scale it down or crop it first, for example with: ffmpeg -i input -vf scale=3840:-2 output.mp4',
    );
  }
}

export function mixedSizes(
  odd: { path: string; width: number; height: number },
  usual: { width: number; height: number; count: number },
): UserFacingError {
  return footageError(
    'footage-mixed-sizes',
    `${odd.path} is ${odd.width} x ${odd.height}, but ${usual.count} other ${usual.count === 1 ? 'image is' : 'images are'} ${usual.width} x ${usual.height}.`,
    `Remove or resize ${odd.path} so that all images have one size, then open them again.`,
  );
}

export function unreadableImage(path: string, detail: string, cause?: unknown): UserFacingError {
  return footageError(
    'footage-unreadable',
    `${path} cannot be read as an image: ${detail}.`,
    `Replace or remove ${path}, then open the images again.`,
    cause,
  );
}

export function unreadableZip(name: string, detail: string, cause?: unknown): UserFacingError {
  return footageError(
    'footage-unreadable',
    `${name} cannot be read as a ZIP: ${detail}.`,
    'Make the ZIP again, without a password, or unpack it and open the folder.',
    cause,
  );
}

export function decodeFailed(name: string, frameIndex: number, cause?: unknown): UserFacingError {
  return footageError(
    'footage-decode-failed',
    `Frame ${frameIndex} of ${name} cannot be decoded.`,
    'Check the file in a video player; converting it to MP4 (H.264) usually repairs it.',
    cause,
  );
}

export function conversionFailed(name: string, detail: string, cause?: unknown): UserFacingError {
  return footageError(
    'footage-decode-failed',
    `${name} could not be converted with ffmpeg: ${detail}.`,
    'Convert it to MP4 (H.264) or to a folder of PNG images and open that.',
    cause,
  );
}

export function fileChanged(name: string, cause?: unknown): UserFacingError {
  return footageError(
    'footage-file-changed',
    `${name} can no longer be read: it was moved, deleted or changed after it was opened.`,
    'Put the file back unchanged, or open it again.',
    cause,
  );
}

/** A File whose bytes on disk changed answers every read with one of these. */
export function isFileGone(error: unknown): boolean {
  return (
    error instanceof DOMException && (error.name === 'NotReadableError' || error.name === 'NotFoundError')
  );
}
