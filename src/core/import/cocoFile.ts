/** A COCO file (images, or videos as in YouTube-VIS) as far as masks need it. */

/** Run lengths as numbers or COCO's string, or polygons as x, y, x, y, ... in source pixels. */
export type CocoSegmentation =
  | { readonly size: readonly [height: number, width: number]; readonly counts: string | readonly number[] }
  | readonly (readonly number[])[];

export type CocoImage = {
  readonly id: number | string;
  readonly fileName: string;
  readonly width: number;
  readonly height: number;
  /** Its place in its video, from 0, where the file says it. */
  readonly frameIndex: number | null;
};

export type CocoAnnotation = {
  readonly id: number | string;
  readonly imageId: number | string;
  readonly categoryId: number | string;
  /** Says that annotations of several images are one thing; null when the file does not. */
  readonly trackId: number | string | null;
  readonly segmentation: CocoSegmentation;
};

export type CocoFile = {
  readonly name: string;
  readonly categories: readonly { readonly id: number | string; readonly name: string }[];
  readonly images: readonly CocoImage[];
  readonly annotations: readonly CocoAnnotation[];
  readonly notes: readonly string[];
};
