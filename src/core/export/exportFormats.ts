/** The list of export formats: what each is for, what it needs, and what can be chosen about it. */
import { assert } from '../base/assert';

export const exportFormatIds = [
  'palette',
  'binary',
  'soft',
  'cutout',
  'overlay',
  'frames',
  'coco',
  'yolo',
  'davis',
  'youtubeVos',
  'npz',
  'tiff',
  'overlayVideo',
  'alphaVideo',
] as const;

export type ExportFormatId = (typeof exportFormatIds)[number];

export const formatGroups = ['pictures', 'datasets', 'arrays', 'videos'] as const;

export type FormatGroup = (typeof formatGroups)[number];

/** Chosen from a list; the first value holds unless another is chosen. */
export type FormatOption = {
  readonly key: string;
  readonly name: string;
  readonly values: readonly { readonly value: string; readonly name: string }[];
};

export type ExportFormat = {
  readonly id: ExportFormatId;
  readonly name: string;
  readonly purpose: string;
  readonly extension: string;
  readonly group: FormatGroup;
  /** Folder, or file, of the export that holds it. */
  readonly path: string;
  /** Whether the footage's pictures are read for it, whatever its options. */
  readonly needsPictures: boolean;
  /** Whether it holds the labels' probabilities, whatever its options. */
  readonly needsSoft: boolean;
  readonly options: readonly FormatOption[];
};

const opacity: FormatOption = {
  key: 'opacity',
  name: 'Strength of the fill',
  values: [
    { value: '0.45', name: '45 %' },
    { value: '0.25', name: '25 %' },
    { value: '0.7', name: '70 %' },
    { value: '0', name: 'Outlines only' },
  ],
};

const withJpeg: FormatOption = {
  key: 'pictures',
  name: 'Frames',
  values: [
    { value: 'jpeg', name: 'With the frames, as JPEG' },
    { value: 'none', name: 'Without the frames' },
  ],
};

const plain = { needsPictures: false, needsSoft: false, options: [] } as const;
const pictured = { ...plain, needsPictures: true } as const;

export const exportFormats: readonly ExportFormat[] = [
  {
    ...plain,
    id: 'palette',
    name: 'Label maps, palette PNG',
    purpose: 'One picture for each frame; the value of a pixel is the number of its label, 0 is background.',
    extension: 'png',
    group: 'pictures',
    path: 'labels',
    options: [
      {
        key: 'depth',
        name: 'Bits for each pixel',
        values: [
          { value: '8', name: '8, as other programs expect' },
          { value: 'smallest', name: '4 where 15 labels or fewer allow it' },
        ],
      },
    ],
  },
  {
    ...plain,
    id: 'binary',
    name: 'One mask for each label, PNG',
    purpose: 'Black and white pictures, a folder for each label: for programs that take one mask at a time.',
    extension: 'png',
    group: 'pictures',
    path: 'binary',
  },
  {
    ...plain,
    needsSoft: true,
    id: 'soft',
    name: 'Soft mattes, grey PNG',
    purpose: 'The probabilities behind the masks, a folder for each label: for compositing and error bands.',
    extension: 'png',
    group: 'pictures',
    path: 'soft',
    options: [
      {
        key: 'depth',
        name: 'Bits for each pixel',
        values: [
          { value: '8', name: '8' },
          { value: '16', name: '16' },
        ],
      },
    ],
  },
  {
    ...pictured,
    id: 'cutout',
    name: 'Cut-outs, RGBA PNG',
    purpose: 'Each label cut out of its frame, transparent around it, a folder for each label.',
    extension: 'png',
    group: 'pictures',
    path: 'cutouts',
    options: [
      {
        key: 'edge',
        name: 'Edge',
        values: [
          { value: 'hard', name: 'Hard, as the mask' },
          { value: 'soft', name: 'Soft, by probability where it is known' },
        ],
      },
    ],
  },
  {
    ...pictured,
    id: 'overlay',
    name: 'Frames with masks over them, PNG',
    purpose: 'What the app shows: for figures and for checking by eye.',
    extension: 'png',
    group: 'pictures',
    path: 'overlay',
    options: [opacity],
  },
  {
    ...pictured,
    id: 'frames',
    name: 'The exact frames, PNG',
    purpose: 'The very pictures that were segmented, without loss, named as the masks.',
    extension: 'png',
    group: 'pictures',
    path: 'frames',
  },
  {
    ...plain,
    id: 'coco',
    name: 'COCO JSON',
    purpose:
      'Annotations for each frame, with video, frame and track: for pycocotools, Detectron2, CVAT, FiftyOne.',
    extension: 'json',
    group: 'datasets',
    path: 'coco.json',
    options: [
      {
        key: 'segmentation',
        name: 'Masks as',
        values: [
          { value: 'rle', name: 'Run lengths (exact)' },
          { value: 'polygons', name: 'Polygons (exact, pixel edges)' },
        ],
      },
    ],
  },
  {
    ...plain,
    id: 'yolo',
    name: 'YOLO segmentation',
    purpose: 'A text of polygons for each frame, with data.yaml: for training Ultralytics models.',
    extension: 'txt',
    group: 'datasets',
    path: 'yolo',
    options: [withJpeg],
  },
  {
    ...plain,
    id: 'davis',
    name: 'DAVIS folders',
    purpose: 'JPEGImages and Annotations as in DAVIS 2017: for XMem, Cutie and DAVIS evaluation.',
    extension: 'png',
    group: 'datasets',
    path: 'davis',
    options: [withJpeg],
  },
  {
    ...plain,
    id: 'youtubeVos',
    name: 'YouTube-VOS folders',
    purpose: 'JPEGImages, Annotations and meta.json as in YouTube-VOS: for training and evaluation.',
    extension: 'png',
    group: 'datasets',
    path: 'youtube-vos',
    options: [withJpeg],
  },
  {
    ...plain,
    id: 'npz',
    name: 'NumPy arrays, .npz',
    purpose: 'All label maps as one array [frames, height, width], with frame numbers and times: numpy.load.',
    extension: 'npz',
    group: 'arrays',
    path: 'masks.npz',
  },
  {
    ...plain,
    id: 'tiff',
    name: 'Label stack, TIFF',
    purpose: 'All label maps as pages of one file: for ImageJ/Fiji, napari and tifffile.',
    extension: 'tif',
    group: 'arrays',
    path: 'masks.tif',
  },
  {
    ...pictured,
    id: 'overlayVideo',
    name: 'Overlay video',
    purpose: 'The film with the masks over it, every frame at its own time: for talks and supplements.',
    extension: 'mp4',
    group: 'videos',
    path: 'overlay',
    options: [
      {
        key: 'container',
        name: 'File',
        values: [
          { value: 'mp4', name: 'MP4' },
          { value: 'webm', name: 'WebM' },
        ],
      },
      opacity,
    ],
  },
  {
    ...pictured,
    id: 'alphaVideo',
    name: 'Cut-out video with alpha',
    purpose:
      'The labels cut out of the film, transparent around them, as WebM: for web pages and compositing.',
    extension: 'webm',
    group: 'videos',
    path: 'cutout',
  },
];

export function exportFormat(id: ExportFormatId): ExportFormat {
  const found = exportFormats.find((format) => format.id === id);
  assert(found, `no export format ${id}`);
  return found;
}

export type FormatChoice = {
  readonly id: ExportFormatId;
  /** Values by key; what is left out is as the format has it by itself. */
  readonly options: Readonly<Record<string, string>>;
};

/** What holds for an option: the chosen value if the format knows it, else its first. */
export function optionValue({ id, options }: FormatChoice, key: string): string {
  const option = exportFormat(id).options.find((candidate) => candidate.key === key);
  assert(option?.values[0], `${id} has no option ${key}`);
  const chosen = option.values.find(({ value }) => value === options[key]);
  return (chosen ?? option.values[0]).value;
}

/** Whether the labels' probabilities are read for it, as its options are. */
export function readsSoft(choice: FormatChoice): boolean {
  const format = exportFormat(choice.id);
  const hasEdge = format.options.some(({ key }) => key === 'edge');
  return format.needsSoft || (hasEdge && optionValue(choice, 'edge') === 'soft');
}

/** Whether frames are read from the footage for it, as its options are. */
export function readsPictures(choice: FormatChoice): boolean {
  const format = exportFormat(choice.id);
  const hasChoice = format.options.some(({ key }) => key === 'pictures');
  return format.needsPictures || (hasChoice && optionValue(choice, 'pictures') !== 'none');
}
