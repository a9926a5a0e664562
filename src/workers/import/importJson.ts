/** Parsers of the JSON files that an import understands: labels.json and COCO. */
import * as v from 'valibot';
import { messageOf } from '../../core/base/errors';
import type { CocoAnnotation, CocoFile, CocoImage } from '../../core/import/cocoFile';
import type { LabelsFile } from '../../core/import/rawPictures';
import { labelRoles } from '../../core/label/label';
import { foreignJson, unreadableMask } from './importErrors';

const colour = v.pipe(v.string(), v.regex(/^#[0-9a-f]{6}$/i));
const id = v.union([v.number(), v.string()]);
const side = v.pipe(v.number(), v.integer(), v.minValue(1));

const labelsSchema = v.object({
  format: v.literal('maskflow-labels'),
  version: v.number(),
  footage: v.object({ name: v.string(), width: side, height: side }),
  labels: v.array(
    v.object({
      number: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65535))),
      name: v.string(),
      colour,
      role: v.picklist(labelRoles),
      soft: v.optional(v.object({ folder: v.string() })),
    }),
  ),
  labelMaps: v.optional(v.string()),
});

const polygons = v.array(v.array(v.number()));
const rle = v.object({
  size: v.tuple([side, side]),
  counts: v.union([v.string(), v.array(v.number())]),
});
const segmentation = v.union([rle, polygons]);

/** Trackers and tools name it differently. */
const identity = {
  track_id: v.nullish(id),
  instance_id: v.nullish(id),
  attributes: v.optional(v.looseObject({ track_id: v.nullish(id) })),
};

const categories = v.optional(v.array(v.object({ id, name: v.string() })), []);

const imagesSchema = v.object({
  categories,
  images: v.array(
    v.object({
      id,
      file_name: v.optional(v.string()),
      width: side,
      height: side,
      frame_id: v.nullish(v.pipe(v.number(), v.integer(), v.minValue(0))),
    }),
  ),
  annotations: v.array(
    v.object({
      id: v.optional(id),
      image_id: id,
      category_id: v.optional(id, 0),
      segmentation: v.nullish(segmentation),
      ...identity,
    }),
  ),
});

const videosSchema = v.object({
  categories,
  videos: v.array(v.object({ id, width: side, height: side, file_names: v.array(v.string()) })),
  annotations: v.array(
    v.object({
      id: v.optional(id),
      video_id: id,
      category_id: v.optional(id, 0),
      segmentations: v.array(v.nullish(segmentation)),
    }),
  ),
});

/** Throws a UserFacingError that names the file. */
export function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw unreadableMask(path, `it is no JSON (${messageOf(error)})`, error);
  }
}

/** Whether a text may well be a COCO file, told without parsing it. */
export function isCoco(text: string): boolean {
  return /"segmentations?"\s*:/.test(text);
}

/** Null when it is not labels.json of a Maskflow export. */
export function labelsFileOf(path: string, json: unknown): LabelsFile | null {
  const parsed = v.safeParse(labelsSchema, json);
  if (!parsed.success) {
    return null;
  }
  const { footage, labels, labelMaps } = parsed.output;
  return {
    folder: path.slice(0, path.lastIndexOf('/') + 1),
    footage,
    mapsFolder: labelMaps ?? null,
    labels: labels.map(({ number, name, colour: hex, role, soft }) => ({
      number,
      name,
      colour: hex.toLowerCase(),
      role,
      softFolder: soft?.folder ?? null,
    })),
  };
}

/** Throws a UserFacingError that names the file and the place in it. */
export function cocoFileOf(path: string, json: unknown): CocoFile {
  // Files that list images, too, have an annotation for each image.
  const isVideo = typeof json === 'object' && json !== null && 'videos' in json && !('images' in json);
  if (isVideo) {
    return videoFile(path, parsedBy(videosSchema, path, json));
  }
  return imageFile(path, parsedBy(imagesSchema, path, json));
}

function parsedBy<Schema extends v.GenericSchema>(
  schema: Schema,
  path: string,
  json: unknown,
): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, json, { abortEarly: true });
  if (!parsed.success) {
    const [issue] = parsed.issues;
    throw foreignJson(path, `${v.getDotPath(issue) ?? 'its content'}: ${issue.message}`, parsed.issues);
  }
  return parsed.output;
}

function imageFile(path: string, coco: v.InferOutput<typeof imagesSchema>): CocoFile {
  const images = coco.images.map((image): CocoImage => ({
    id: image.id,
    fileName: image.file_name ?? String(image.id),
    width: image.width,
    height: image.height,
    frameIndex: image.frame_id ?? null,
  }));
  const annotations = coco.annotations.flatMap((annotation, index): CocoAnnotation[] =>
    annotation.segmentation && hasPixels(annotation.segmentation)
      ? [
          {
            id: annotation.id ?? index,
            imageId: annotation.image_id,
            categoryId: annotation.category_id,
            trackId: annotation.track_id ?? annotation.instance_id ?? annotation.attributes?.track_id ?? null,
            segmentation: annotation.segmentation,
          },
        ]
      : [],
  );
  return checked(path, {
    name: path,
    categories: coco.categories,
    images,
    annotations,
    notes: boxesLeftOut(coco.annotations.length - annotations.length),
  });
}

/** The first video; each annotation is one thing on all its frames. */
function videoFile(path: string, coco: v.InferOutput<typeof videosSchema>): CocoFile {
  const video = coco.videos.find(({ id: videoId }) =>
    coco.annotations.some((annotation) => annotation.video_id === videoId),
  );
  if (!video) {
    throw foreignJson(path, 'no annotation belongs to one of its videos');
  }
  const images = video.file_names.map((fileName, frame): CocoImage => ({
    id: frame,
    fileName,
    width: video.width,
    height: video.height,
    frameIndex: null,
  }));
  const own = coco.annotations.filter(({ video_id }) => video_id === video.id);
  const annotations = own.flatMap((annotation, index) =>
    annotation.segmentations.flatMap((segmentationOfFrame, frame): CocoAnnotation[] =>
      segmentationOfFrame && hasPixels(segmentationOfFrame)
        ? [
            {
              id: `${annotation.id ?? index}, frame ${frame}`,
              imageId: frame,
              categoryId: annotation.category_id,
              trackId: annotation.id ?? index,
              segmentation: segmentationOfFrame,
            },
          ]
        : [],
    ),
  );
  const others = coco.videos.length - 1;
  const notes =
    others > 0
      ? [`Only the first of ${coco.videos.length} videos is read: ${images[0]?.fileName ?? ''}.`]
      : [];
  return checked(path, { name: path, categories: coco.categories, images, annotations, notes });
}

function hasPixels(found: v.InferOutput<typeof segmentation>): boolean {
  return !Array.isArray(found) || found.length > 0;
}

function boxesLeftOut(count: number): string[] {
  return count > 0
    ? [
        `${count} annotation${count === 1 ? ' has' : 's have'} no mask, only a box or points, and ${count === 1 ? 'is' : 'are'} left out.`,
      ]
    : [];
}

function checked(path: string, file: CocoFile): CocoFile {
  if (file.annotations.length === 0) {
    throw foreignJson(path, 'none of its annotations has a segmentation');
  }
  return file;
}
