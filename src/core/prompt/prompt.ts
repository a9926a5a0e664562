/** What the user tells SAM on one frame: points, boxes, masks. */
import type { ObjectId, PromptId } from '../base/ids';
import type { Box, Point } from '../geometry/box';
import type { Rle } from '../mask/rle';

type PromptBase = { readonly id: PromptId; readonly frameIndex: number };

/** A point of one label; `label` 1 is foreground, 0 is background (SAM's `point_labels`). Source pixels. */
export type PointPrompt = PromptBase & {
  readonly kind: 'point';
  readonly objectId: ObjectId;
  readonly label: 1 | 0;
  readonly point: Point;
};

/** A background point given to the prompt of every label on its frame. Source pixels. */
export type SharedPointPrompt = PromptBase & { readonly kind: 'sharedPoint'; readonly point: Point };

/** A box of one label; at most one for each label and frame. */
export type BoxPrompt = PromptBase & { readonly kind: 'box'; readonly objectId: ObjectId; readonly box: Box };

/** A mask fed back to SAM ("refine from the current mask"); at most one for each label and frame. */
export type MaskPrompt = PromptBase & {
  readonly kind: 'mask';
  readonly objectId: ObjectId;
  readonly rle: Rle;
};

export type Prompt = PointPrompt | SharedPointPrompt | BoxPrompt | MaskPrompt;

export type LabelledPoint = Point & { readonly label: 1 | 0 };

/** Everything SAM is told about one label on one frame. */
export type PromptSet = {
  readonly objectId: ObjectId;
  readonly points: readonly LabelledPoint[];
  readonly box: Box | null;
  readonly mask: Rle | null;
};
