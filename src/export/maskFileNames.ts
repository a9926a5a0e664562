/** How the exported masks' files are called. */

const PNG_ENDING = /\.png$/i;

/** No folder part, no character that Windows refuses, no leading dots; never empty. */
function safeStem(fileName: string): string {
  const last = fileName.split(/[\\/]/).at(-1) ?? '';
  const stem = last
    .replace(PNG_ENDING, '')
    // oxlint-disable-next-line no-control-regex -- control characters are among what Windows refuses
    .replace(/[<>:"|?*\u0000-\u001f]/g, '_')
    .replace(/^\.+/, '')
    .replace(/[. ]+$/, '');
  return stem === '' ? 'frame' : stem;
}

/**
 * One PNG file name for each wanted name, in order: safe on every file system, and all different even where upper and
 * lower case are the same. A repeated name gets `_2`, `_3`, ... (two folders may hold pictures of the same name).
 */
export function maskFileNames(wanted: readonly string[]): string[] {
  const stems = wanted.map((name) => safeStem(name));
  // Every wanted name is taken from the start, so that a suffix never lands on a name that comes later.
  const taken = new Set(stems.map((stem) => stem.toLowerCase()));
  const given = new Set<string>();
  const nextSuffix = new Map<string, number>();
  return stems.map((stem) => {
    const key = stem.toLowerCase();
    let name = stem;
    if (given.has(key)) {
      let suffix = nextSuffix.get(key) ?? 2;
      while (taken.has(`${key}_${suffix}`)) {
        suffix += 1;
      }
      nextSuffix.set(key, suffix + 1);
      name = `${stem}_${suffix}`;
      taken.add(name.toLowerCase());
    }
    given.add(name.toLowerCase());
    return `${name}.png`;
  });
}
