/** How picture and masks are looked at, as far as it is kept with a project. */
import type { DisplayAdjustments } from '../../core/display/displayAdjustments';

export const overlayKinds = ['fill', 'outline', 'fillAndOutline', 'maskedBackground', 'matte'] as const;

/**
 * `maskedBackground`: the picture where objects are, black elsewhere. `matte`: the masks alone, in their colours, on
 * black.
 */
export type OverlayKind = (typeof overlayKinds)[number];

export type OverlayStyle = {
  readonly kind: OverlayKind;
  /** Whether the outlines of the masks of the frame before are shown, dashed. */
  readonly hasOnionSkin: boolean;
};

export type DisplaySettings = {
  readonly adjustments: DisplayAdjustments;
  /** "The model sees what you see": whether the engine is given the adjusted pictures. */
  readonly isForModel: boolean;
};

export type DisplaySlice = {
  overlayStyle: OverlayStyle;
  display: DisplaySettings;
  setOverlayStyle(change: Partial<OverlayStyle>): void;
  /** Values out of range are brought into it. */
  setAdjustments(change: Partial<DisplayAdjustments>): void;
  setForModel(isForModel: boolean): void;
  /** The picture as it is in the file. */
  resetAdjustments(): void;
};
