/** How the exported masks' files are called. */
import { assert } from '../core/base/assert';

const PNG_ENDING = /\.png$/i;
/** What Windows or a browser's folder access refuses anywhere in a name, and what they refuse at its start. */
const REFUSED = /[\\/<>:"|?*\p{Cc}\p{Cf}]|^[\s.~]/gu;

/**
 * The name with each refused character as `%` and its code, as in a URL, so that different names stay different.
 * Never empty. Its end is not looked at: something always follows it.
 */
export function safeName(name: string): string {
  const safe = name.replace(
    REFUSED,
    (character) => `%${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
  return safe === '' ? 'frame' : safe;
}

/**
 * One PNG file name for each wanted name, in order, safe on every file system. Repeated names are the caller's fault:
 * core/video/frameNames numbers the frames where the input's names would repeat.
 */
export function maskFileNames(wanted: readonly string[]): string[] {
  const names = wanted.map((name) => `${safeName(name.replace(PNG_ENDING, ''))}.png`);
  const different = new Set(names.map((name) => name.toLowerCase()));
  assert(different.size === names.length, 'two exported frames would have one file name');
  return names;
}
