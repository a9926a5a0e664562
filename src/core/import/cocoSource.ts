/** The masks of a COCO file: which annotations are one label, image by image. */
import { UserFacingError } from '../base/errors';
import { unionRle } from '../compare/maskDifference';
import type { Size } from '../geometry/box';
import type { Rle } from '../mask/rle';
import type { CocoAnnotation, CocoFile, CocoImage, CocoSegmentation } from './cocoFile';
import { rleFromCocoString, rleFromCounts, SegmentationError } from './cocoRle';
import type { ImportedLabel, ImportedMask, ImportedPicture, ImportSource } from './importSource';
import { stemOf } from './pictureNames';
import { rleFromPolygons } from './polygonRle';

/** How annotations become labels. */
type Grouping = 'track' | 'category' | 'annotation';

/**
 * One label for each track, where the file has tracks; otherwise one for each category, and for each annotation when
 * there is only one image. Throws a UserFacingError that names the file and the annotation.
 */
export function cocoSource(file: CocoFile): ImportSource {
  const grouping = groupingOf(file);
  const labels = new Map<string, ImportedLabel>();
  const byImage = new Map<CocoImage['id'], CocoAnnotation[]>();
  for (const annotation of file.annotations) {
    byImage.set(annotation.imageId, [...(byImage.get(annotation.imageId) ?? []), annotation]);
  }
  const pictures = file.images.flatMap((image): ImportedPicture[] => {
    const annotations = byImage.get(image.id) ?? [];
    return annotations.length === 0 ? [] : [pictureOf(file, image, annotations, { grouping, labels })];
  });
  const isUnited = grouping === 'category' && hasSeveralOfACategory(file);
  return {
    name: file.name,
    format: 'COCO JSON',
    labels: [...labels.values()],
    pictures,
    notes: isUnited
      ? [
          ...file.notes,
          'The file does not say which things are the same on different images, so all of one category are one label.',
        ]
      : file.notes,
    greyReading: null,
  };
}

function groupingOf({ annotations, images }: CocoFile): Grouping {
  if (annotations.length > 0 && annotations.every(({ trackId }) => trackId !== null)) {
    return 'track';
  }
  return images.length === 1 ? 'annotation' : 'category';
}

function hasSeveralOfACategory({ annotations }: CocoFile): boolean {
  const seen = new Set<string>();
  return annotations.some(({ imageId, categoryId }) => {
    const key = `${imageId} ${categoryId}`;
    const isSecond = seen.has(key);
    seen.add(key);
    return isSecond;
  });
}

function pictureOf(
  file: CocoFile,
  image: CocoImage,
  annotations: readonly CocoAnnotation[],
  { grouping, labels }: { grouping: Grouping; labels: Map<string, ImportedLabel> },
): ImportedPicture {
  const size = { width: image.width, height: image.height };
  const masks = new Map<string, ImportedMask>();
  for (const annotation of annotations) {
    const label = labelOf(file, annotation, grouping, labels);
    const rle = segmentationRle(file, annotation, size);
    const before = masks.get(label.key);
    masks.set(label.key, { key: label.key, rle: before ? unionRle(before.rle, rle) : rle });
  }
  return {
    path: image.fileName,
    frameName: stemOf(image.fileName),
    frameIndex: image.frameIndex,
    size,
    masks: [...masks.values()].filter(({ rle }) => rle.counts.length > 1),
  };
}

function labelOf(
  { categories }: CocoFile,
  { id, categoryId, trackId }: CocoAnnotation,
  grouping: Grouping,
  labels: Map<string, ImportedLabel>,
): ImportedLabel {
  const which = { track: trackId, category: categoryId, annotation: id }[grouping];
  const key = `${grouping} ${which}`;
  const known = labels.get(key);
  if (known) {
    return known;
  }
  const category = categories.find((candidate) => candidate.id === categoryId)?.name ?? null;
  const taken = [...labels.values()].filter((label) => label.name?.replace(/ \d+$/, '') === category).length;
  const label: ImportedLabel = {
    key,
    name: category !== null && taken > 0 ? `${category} ${taken + 1}` : category,
    colour: null,
    role: 'object',
    number: null,
    meaning: `${grouping} ${which}`,
  };
  labels.set(key, label);
  return label;
}

function segmentationRle(file: CocoFile, { id, segmentation }: CocoAnnotation, size: Size): Rle {
  try {
    return rleOf(segmentation, size);
  } catch (error) {
    if (!(error instanceof SegmentationError)) {
      throw error;
    }
    throw new UserFacingError(
      {
        code: 'import-unreadable',
        what: `${file.name} has an annotation (${id}) that is no mask: ${error.message}.`,
        safe: 'Nothing was imported; your labels, prompts and masks are untouched.',
        todo: 'Correct or remove the annotation, then import the file again.',
      },
      { cause: error },
    );
  }
}

function rleOf(segmentation: CocoSegmentation, size: Size): Rle {
  if (!('counts' in segmentation)) {
    return rleFromPolygons(segmentation, size);
  }
  const [height, width] = segmentation.size;
  if (width !== size.width || height !== size.height) {
    throw new SegmentationError(`it is ${width} x ${height}, its image is ${size.width} x ${size.height}`);
  }
  const { counts } = segmentation;
  return typeof counts === 'string' ? rleFromCocoString(counts, size) : rleFromCounts(counts, size);
}
