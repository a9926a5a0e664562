/** Finds sequences in a folder, and which mask belongs to which frame. */
import { existsSync, readdirSync } from 'node:fs';
import { basename, extname, join, resolve } from 'node:path';
import { UsageError } from './host';

export type Sequence = {
  readonly name: string;
  /** Picture files in order, or one video. */
  readonly footage: { readonly pictures: readonly string[] } | { readonly video: string };
  /** Frame index -> mask file, of the whole sequence. For a video it may name frames that the video does not have. */
  readonly masks: ReadonlyMap<number, string>;
};

const VIDEO = /^clip\.(mp4|m4v|mov|mkv|webm|avi)$/i;

/** All sequences of `dataDir`, by name, or the one that it is. Throws UsageError that says what is missing. */
export function findSequences(dataDir: string, wanted: readonly string[] = []): Sequence[] {
  const dir = resolve(dataDir);
  if (!existsSync(dir)) {
    throw new UsageError(`There is no folder ${dir}.`);
  }
  if (existsSync(join(dir, 'masks'))) {
    return [readSequence(dir)];
  }
  const names = readdirSync(dir, { withFileTypes: true })
    .filter((entry) => existsSync(join(dir, entry.name, 'masks')))
    .map(({ name }) => name)
    .toSorted(byNumber);
  if (names.length === 0) {
    throw new UsageError(
      `${dir} holds no sequence: neither it nor a folder in it has a folder "masks" beside "frames" or a "clip.mp4".`,
    );
  }
  const unknown = wanted.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new UsageError(`${dir} has no sequence "${unknown}"; it has ${names.join(', ')}.`);
  }
  return names
    .filter((name) => wanted.length === 0 || wanted.includes(name))
    .map((name) => readSequence(join(dir, name)));
}

function readSequence(dir: string): Sequence {
  const masks = filesIn(join(dir, 'masks'), /\.png$/i);
  if (masks.length === 0) {
    throw new UsageError(`${join(dir, 'masks')} holds no PNG.`);
  }
  const name = basename(dir);
  const pathOf = (file: string): string => join(dir, 'masks', file);
  const pictures = filesIn(join(dir, 'frames'), /\.(jpe?g|png)$/i);
  if (pictures.length > 0) {
    const footage = { pictures: pictures.map((file) => join(dir, 'frames', file)) };
    return { name, footage, masks: withPaths(matchMasks(masks, pictures), pathOf) };
  }
  const [video] = filesIn(dir, VIDEO);
  if (video === undefined) {
    throw new UsageError(`${dir} has neither pictures in "frames" nor a "clip.mp4".`);
  }
  return { name, footage: { video: join(dir, video) }, masks: withPaths(matchMasks(masks, null), pathOf) };
}

/**
 * Frame index of each mask file. With pictures, by equal names without extension, else by equal numbers in the names;
 * for a video, or when neither fits the first mask, by how far the number lies from the first mask's, which belongs to
 * frame 0; without numbers, in order. Both lists are in order.
 */
export function matchMasks(
  masks: readonly string[],
  pictures: readonly string[] | null,
): Map<number, string> {
  for (const keyOf of pictures ? [stemOf, numberOf] : []) {
    const indexOf = new Map(pictures!.map((file, index) => [keyOf(file), index]));
    const found = masks.flatMap((file) => {
      const index = keyOf(file) === null ? undefined : indexOf.get(keyOf(file));
      return index === undefined ? [] : [[index, file] as const];
    });
    if (found[0]?.[0] === 0 && found[0][1] === masks[0]) {
      return new Map(found);
    }
  }
  const numbers = masks.map(numberOf);
  const first = numbers[0];
  const areNumbered = numbers.every((number) => number !== null) && new Set(numbers).size === masks.length;
  return new Map(masks.map((file, index) => [areNumbered ? numbers[index]! - first! : index, file]));
}

function withPaths(masks: Map<number, string>, pathOf: (file: string) => string): Map<number, string> {
  return new Map([...masks].map(([index, file]) => [index, pathOf(file)]));
}

function stemOf(file: string): string {
  return basename(file, extname(file));
}

/** The last number in the name; null without one. */
function numberOf(file: string): number | null {
  const digits = stemOf(file).match(/\d+/g)?.at(-1);
  return digits === undefined ? null : Number(digits);
}

/** Numbers in names count as numbers: frame 10 comes after frame 9. */
function byNumber(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}

function filesIn(dir: string, pattern: RegExp): string[] {
  if (!existsSync(dir)) {
    return [];
  }
  return readdirSync(dir)
    .filter((file) => pattern.test(file) && !file.startsWith('.'))
    .toSorted(byNumber);
}
