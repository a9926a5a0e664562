/** Which frame and which label each file is for, told by folders and names. */

export type PictureName = {
  readonly frameName: string;
  /** Null where the names speak of no label. */
  readonly labelName: string | null;
};

type Parts = { readonly folder: string; readonly stem: string };

const NUMBER_THEN_WORDS = /^(\d+)[ _.-]+(\D.*)$/;
const WORDS_THEN_NUMBER = /^(.*\D)[ _.-]+(\d+)$/;

/** The name without folder and ending. */
export function stemOf(path: string): string {
  return (path.split('/').at(-1) ?? '').replace(/\.[^.]+$/, '');
}

/**
 * In the order of `paths`. Understands a folder for each label (`cell/00012.png`), a folder for each frame
 * (`00012/cell.png`), label and number in one name (`cell_00012.png`, `00012_cell.png`), and plain frames.
 * `frameStems` are the names that frames have, in lower case.
 */
export function pictureNames(paths: readonly string[], frameStems: ReadonlySet<string>): PictureName[] {
  const parts = paths.map((path) => ({ folder: path.split('/').slice(0, -1).join('/'), stem: stemOf(path) }));
  return foldersOfLabels(parts, frameStems) ?? namesOfLabels(parts, frameStems) ?? paths.map(plainName);
}

/** A frame and no label. */
export function plainName(path: string): PictureName {
  return { frameName: stemOf(path), labelName: null };
}

function foldersOfLabels(parts: readonly Parts[], frameStems: ReadonlySet<string>): PictureName[] | null {
  const folders = new Set(parts.map(({ folder }) => folder));
  if (folders.size < 2) {
    return null;
  }
  const isFrame = (name: string): boolean => /^\d+$/.test(name) || frameStems.has(name.toLowerCase());
  if (parts.every(({ folder }) => isFrame(lastOf(folder))) && !parts.every(({ stem }) => isFrame(stem))) {
    return parts.map(({ folder, stem }) => ({ frameName: lastOf(folder), labelName: stem }));
  }
  const stems = new Set(parts.map(({ stem }) => stem.toLowerCase()));
  return stems.size < parts.length
    ? parts.map(({ folder, stem }) => ({ frameName: stem, labelName: shortFolder(folder, folders) }))
    : null;
}

function lastOf(folder: string): string {
  return folder.split('/').at(-1) ?? '';
}

/** The folder's own name, or its whole path where several folders have that name. */
function shortFolder(folder: string, folders: ReadonlySet<string>): string {
  const name = lastOf(folder);
  const isUnique = [...folders].filter((other) => lastOf(other) === name).length === 1;
  return isUnique ? name : folder;
}

function namesOfLabels(parts: readonly Parts[], frameStems: ReadonlySet<string>): PictureName[] | null {
  if (parts.some(({ stem }) => frameStems.has(stem.toLowerCase()))) {
    return null;
  }
  return splitNames(parts, NUMBER_THEN_WORDS, 1, 2) ?? splitNames(parts, WORDS_THEN_NUMBER, 2, 1);
}

/** Null unless every name fits and the frames' numbers repeat, as they do with several labels. */
function splitNames(
  parts: readonly Parts[],
  pattern: RegExp,
  frameGroup: 1 | 2,
  labelGroup: 1 | 2,
): PictureName[] | null {
  const names: PictureName[] = [];
  for (const { stem } of parts) {
    const match = pattern.exec(stem);
    if (!match) {
      return null;
    }
    names.push({ frameName: match[frameGroup] ?? '', labelName: match[labelGroup] ?? '' });
  }
  const frames = new Set(names.map(({ frameName }) => frameName));
  const labels = new Set(names.map(({ labelName }) => labelName));
  return labels.size > 1 && frames.size < names.length ? names : null;
}
