/** What the interface may ask of the application: the use cases behind every button. */
import type { ObjectId } from '../core/base/ids';
import type { Size } from '../core/geometry/box';
import type { ExportOrder } from '../core/export/exportOrder';
import type { Rle } from '../core/mask/rle';
import type { PropagationDirection } from '../state/maskflowState';
import type { MaskflowStore } from '../state/store';
import type { ImportOrder } from '../core/import/planImport';
import type { ComparisonApp } from './compare/comparisonApp';
import type { VideoSupport } from '../workers/export/exportProtocol';
import type { InputFile } from './inputFile';
import type { MeasureApp } from './measureRequest';
import type { ModelsApp } from './models/modelsApp';
import type { ProjectsApp } from './projects/projectsApp';
import type { StudyApp } from './study/studyApp';
import type { Thumbnails } from './thumbnails';

export type { VideoSupport } from '../workers/export/exportProtocol';
export type { InputFile } from './inputFile';

/**
 * Paints one frame. The bitmap shows all of it, with as many pixels as the footage or, while frames go by quickly, as are
 * seen. It is valid only during the call; the feed closes it.
 */
export type FramePainter = (bitmap: ImageBitmap, frameIndex: number) => void;

/**
 * How far a propagation run goes: to the neighbouring prompted frame (not into it), or through prompted frames to the
 * in or out point.
 */
export type PropagationExtent = 'untilPrompted' | 'wholeRange';

/** What SAM is told of each mask it redraws: its box and the mask itself, or its box alone. */
export type RefinementPrompt = 'boxAndMask' | 'box';

/** Mask-prompt preprocessing, before and after, for one label on the current frame. */
export type MaskPromptPictures = {
  readonly before: Rle;
  readonly after: { readonly width: number; readonly height: number; readonly logits: Float32Array };
};

export interface MaskflowApp extends MeasureApp {
  readonly store: MaskflowStore;
  /** Small pictures of frames, made when nothing else needs the decoder. */
  readonly thumbnails: Thumbnails;
  readonly projects: ProjectsApp;
  readonly comparison: ComparisonApp;
  readonly study: StudyApp;
  readonly models: ModelsApp;
  /** Brings back what was open last, or opens the sample. */
  start(): Promise<void>;
  /** Reloads the page into the newer version that waits, once everything is saved. */
  applyUpdate(): Promise<void>;
  /** Opens a video, a ZIP of images, several images, or a project file. What is open stays open unless this succeeds. */
  openFiles(files: readonly InputFile[]): Promise<void>;
  openSample(): Promise<void>;
  cancelOpening(): void;
  /**
   * Sends every frame to be shown to `painter`, newest first when behind. `seenSize` tells how many pixels of it are seen;
   * null (or left out) for all of them. Returns the detach function.
   */
  attachPainter(painter: FramePainter, seenSize?: () => Size | null): () => void;
  togglePlay(): void;
  /** Feeds the label's current mask on the current frame back to SAM as a mask prompt. */
  refineFromMask(objectId: ObjectId): void;
  previewMaskPrompt(objectId: ObjectId): Promise<MaskPromptPictures | null>;
  /** Propagates all labels from the current frame over the in/out range. */
  propagate(direction: PropagationDirection, extent: PropagationExtent): Promise<void>;
  /** SAM redraws every propagated mask of the in/out range from that mask; prompted masks stay. */
  refineTracks(prompt: RefinementPrompt): Promise<void>;
  /** Brings the run to its end that an earlier visit left in the middle. */
  continueRun(): Promise<void>;
  pausePropagation(): void;
  resumePropagation(): void;
  stopPropagation(): void;
  /** PNG mask sequence of the in/out range: downloaded as a ZIP, or written into a folder the user picks. */
  exportMasks(target: 'zip' | 'folder'): Promise<void>;
  /** Writes the formats that the order names; see exportMasks for where. */
  exportFormats(order: ExportOrder): Promise<void>;
  /** What this browser can encode videos of the open footage's size with; null without footage. */
  videoSupport(): Promise<VideoSupport | null>;
  cancelExport(): void;
  /** Loads the engine again after it failed. */
  retryEngine(): Promise<void>;
  /** Reads files with masks and shows what they hold; nothing changes before `finishImport`. */
  importMasks(files: readonly InputFile[]): Promise<void>;
  /** Opens dropped files, or asks first when they look like masks of the open footage. */
  dropFiles(files: readonly InputFile[]): Promise<void>;
  answerDrop(meaning: 'masks' | 'footage'): Promise<void>;
  /** Puts the masks on show in place, as one step of undo. */
  finishImport(order: ImportOrder): Promise<void>;
  cancelImport(): void;
  /** Takes back (negative) or makes again (positive) this many steps. */
  travelBy(steps: number): void;
  undo(): void;
  redo(): void;
}
