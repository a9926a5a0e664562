/** What the values of mask pictures mean: labels with their masks, frame by frame. */
import { assertNever } from '../base/assert';
import { unionRle } from '../compare/maskDifference';
import { VOID_NUMBER } from '../label/label';
import type { Rle } from '../mask/rle';
import { pictureNames, plainName, stemOf, type PictureName } from './pictureNames';
import type {
  GreyReading,
  ImportedLabel,
  ImportedMask,
  ImportedPicture,
  ImportKey,
  ImportSource,
} from './importSource';
import type { GreyPicture, LabelsFile, RawPicture, RawPictures } from './rawPictures';

const WHITE = '#ffffff';

type Reading = {
  readonly grey: GreyReading;
  /** Whether every file is one label's mask, whatever its values. */
  readonly isPerLabel: boolean;
  readonly labelsFile: LabelsFile | null;
};

/**
 * `frameStems` are the names of the footage's frames, in lower case. `greyReading` overrules what is guessed from the
 * values; it counts only where greys can be read both ways.
 */
export function pictureSource(
  raw: RawPictures,
  frameStems: ReadonlySet<string>,
  greyReading: GreyReading | null = null,
): ImportSource {
  const { soft, pictures } = withoutSoftPictures(raw);
  const guess = guessGreyReading(pictures, raw.labelsFile);
  const paths = pictures.map(({ path }) => path);
  const spoken = pictureNames(paths, frameStems);
  // Folders of label maps are sequences, not labels.
  const isPerLabel =
    !raw.labelsFile &&
    new Set(spoken.map(({ labelName }) => labelName)).size > 1 &&
    pictures.every(hasOneMask);
  const names = isPerLabel ? spoken : paths.map(plainName);
  const reading: Reading = {
    grey: (guess.isOpen ? greyReading : null) ?? guess.reading,
    isPerLabel,
    labelsFile: raw.labelsFile,
  };
  const labels = new Map<ImportKey, ImportedLabel>(
    fileLabels(raw.labelsFile).map((label) => [label.key, label]),
  );
  const read = pictures.map((picture, index): ImportedPicture => {
    const found = readPicture(picture, names[index]!, reading);
    found.forEach(({ label }) => labels.set(label.key, labels.get(label.key) ?? label));
    return {
      path: picture.path,
      frameName: names[index]!.frameName,
      frameIndex: frameOf(raw, picture.path),
      size: picture.size,
      masks: found.map((entry) => importedMask(entry, soft.get(softKey(entry.label, picture.path)))),
    };
  });
  return {
    name: raw.name,
    format: formatOf(pictures, raw.labelsFile),
    labels: [...labels.values()].toSorted((a, b) => (a.number ?? Infinity) - (b.number ?? Infinity)),
    pictures: isPerLabel ? joinedByFrame(read) : read,
    notes: raw.notes,
    greyReading: guess.isOpen ? reading.grey : null,
  };
}

function hasOneMask(picture: RawPicture): boolean {
  return picture.kind === 'grey' || picture.values.length <= 1;
}

function importedMask({ label, rle, soft }: Found, softBeside: GreyPicture['soft']): ImportedMask {
  const known = softBeside ?? soft;
  return { key: label.key, rle, ...(known ? { soft: known } : {}) };
}

function frameOf({ framesFile }: RawPictures, path: string): number | null {
  return framesFile && path.startsWith(framesFile.folder)
    ? (framesFile.frameOfFile.get(path.slice(framesFile.folder.length)) ?? null)
    : null;
}

function softKey(label: ImportedLabel, path: string): string {
  return `${label.number ?? ''}/${stemOf(path)}`;
}

/** Soft masks lie beside the label maps, in folders that labels.json names; without label maps they are the masks. */
function withoutSoftPictures({ pictures, labelsFile }: RawPictures): {
  soft: ReadonlyMap<string, GreyPicture['soft']>;
  pictures: readonly RawPicture[];
} {
  const soft = new Map<string, GreyPicture['soft']>();
  const rest = pictures.filter((picture) => {
    const label = labelsFile?.labels.find(
      ({ softFolder }) =>
        softFolder !== null && picture.path.startsWith(`${labelsFile.folder}${softFolder}/`),
    );
    if (!label || picture.kind !== 'grey') {
      return true;
    }
    soft.set(`${label.number ?? ''}/${stemOf(picture.path)}`, picture.soft);
    return false;
  });
  return rest.length > 0 ? { soft, pictures: rest } : { soft: new Map(), pictures };
}

function guessGreyReading(
  pictures: readonly RawPicture[],
  labelsFile: LabelsFile | null,
): { reading: GreyReading; isOpen: boolean } {
  const greys = pictures.filter((picture) => picture.kind === 'grey');
  if (greys.length === 0 || greys.some(({ values }) => values === null)) {
    return { reading: 'mask', isOpen: false };
  }
  const values = new Set(greys.flatMap((picture) => picture.values?.map(({ value }) => value) ?? []));
  const { white } = greys[0]!;
  const [only] = values;
  const isOneMask = values.size === 0 || (values.size === 1 && (only === white || only === 1));
  return { reading: isOneMask && !labelsFile ? 'mask' : 'numbers', isOpen: !labelsFile };
}

/** All void regions have one number: its pixels are the first one's. */
function fileLabels(file: LabelsFile | null): ImportedLabel[] {
  const taken = new Set<number>();
  return (file?.labels ?? []).map(({ number, name, colour, role }) => {
    const isNumbered = number !== null && !taken.has(number);
    if (isNumbered) {
      taken.add(number);
    }
    return {
      key: isNumbered ? numberKey(number) : `${role} ${name}`,
      name,
      colour,
      role,
      number: isNumbered ? number : null,
      meaning: isNumbered ? `index ${number}` : `${role}, no pixels`,
    };
  });
}

function numberKey(value: number): ImportKey {
  return `number ${value}`;
}

function numberLabel(value: number): ImportedLabel {
  return {
    key: numberKey(value),
    name: null,
    // Palettes are for telling numbers apart, not for what labels should look like.
    colour: null,
    role: value === VOID_NUMBER ? 'void' : 'object',
    number: value,
    meaning: `index ${value}`,
  };
}

function namedLabel(name: string | null): ImportedLabel {
  return {
    key: `name ${name ?? ''}`,
    name,
    colour: null,
    role: 'object',
    number: null,
    meaning: name === null ? 'the mask' : `“${name}”`,
  };
}

type Found = { readonly label: ImportedLabel; readonly rle: Rle; readonly soft?: GreyPicture['soft'] };

function readPicture(picture: RawPicture, { labelName }: PictureName, reading: Reading): Found[] {
  if (reading.isPerLabel) {
    return oneMask(picture, labelName);
  }
  switch (picture.kind) {
    case 'indexed':
      return picture.values.map(({ value, rle }) => ({ label: numberLabel(value), rle }));
    case 'grey':
      if (reading.grey === 'numbers' && picture.values) {
        return picture.values.map(({ value, rle }) => ({ label: numberLabel(value), rle }));
      }
      return oneMask(picture, labelName);
    case 'colour':
      return picture.values.every(({ colour }) => colour === WHITE)
        ? oneMask(picture, labelName)
        : picture.values.map(({ colour, rle }) => ({ label: colourLabel(colour), rle }));
    default:
      return assertNever(picture);
  }
}

function oneMask(picture: RawPicture, labelName: string | null): Found[] {
  const rle = foregroundOf(picture);
  const soft = picture.kind === 'grey' && picture.values === null ? picture.soft : undefined;
  return rle ? [{ label: namedLabel(labelName), rle, soft }] : [];
}

function colourLabel(colour: string): ImportedLabel {
  const role = 'object';
  return { key: `colour ${colour}`, name: null, colour, role, number: null, meaning: `colour ${colour}` };
}

/** Everything but background, of a picture that is one label's mask; null when there is nothing. */
function foregroundOf(picture: RawPicture): Rle | null {
  const soft = picture.kind === 'grey' && (picture.values === null || picture.values.length > 1);
  if (soft) {
    return picture.upperHalf.counts.length > 1 ? picture.upperHalf : null;
  }
  const [first, ...rest] = (picture.values ?? []).map(({ rle }) => rle);
  return first ? rest.reduce(unionRle, first) : null;
}

/** Files of one frame, one for each label, as one picture; files of other sizes stay apart. */
function joinedByFrame(pictures: readonly ImportedPicture[]): ImportedPicture[] {
  const joined = new Map<string, ImportedPicture>();
  for (const picture of pictures) {
    const key = `${picture.frameName.toLowerCase()} ${picture.size.width}x${picture.size.height}`;
    const before = joined.get(key);
    const isNew = !before?.masks.some((mask) => picture.masks.some((other) => other.key === mask.key));
    joined.set(
      isNew ? key : `${key} ${picture.path}`,
      before && isNew
        ? { ...before, path: `${before.path}, ${picture.path}`, masks: [...before.masks, ...picture.masks] }
        : picture,
    );
  }
  return [...joined.values()];
}

function formatOf(pictures: readonly RawPicture[], labelsFile: LabelsFile | null): string {
  if (labelsFile) {
    return 'Maskflow export';
  }
  const kinds = new Set(pictures.map(({ kind }) => kind));
  const names = { indexed: 'Indexed PNG', grey: 'Grey PNG', colour: 'Colour PNG' };
  return [...kinds].map((kind) => names[kind]).join(', ');
}
