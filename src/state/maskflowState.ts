/** What the application's state is: one type for each concern, and their union. The slices implement them. */
import type { UserMessage } from '../core/base/errors';
import type { ReferenceSet } from '../core/compare/referenceSet';
import type { ObjectId, PromptId } from '../core/base/ids';
import type { EngineInfo } from '../core/engine/engineInfo';
import type { Label, LabelRole } from '../core/label/label';
import type { Calibration } from '../core/measure/calibration';
import type { PromptingModelId } from '../core/models/shelf';
import type { WorkingSize } from '../core/models/workingSize';
import type { Prompt } from '../core/prompt/prompt';
import type { PropagationEngineId } from '../core/segment/segmentation';
import type { FrameMask, MaskSource, Tracks } from '../core/track/maskTrack';
import type { ThresholdRange } from '../core/track/thresholdRanges';
import type { MaskVersion, VersionNote } from '../core/track/maskVersions';
import type { UnfinishedRun } from '../core/track/unfinishedRun';
import type { CompareSlice } from './slices/compareState';
import type { DisplaySlice } from './slices/displayState';
import type { EditNote, EditSlice } from './slices/editState';
import type { ImportSlice } from './slices/importState';
import type { InspectorSlice } from './slices/inspectorState';
import type { MeasureSlice } from './slices/measureState';
import type { ModelsSlice } from './slices/modelsState';
import type { ProjectSlice } from './slices/projectState';
import type { PaintSlice } from './slices/paintState';
import type { ProvenanceSlice } from './slices/provenanceState';
import type { StudySlice } from './slices/studyState';
import type { FootageInfo, OpenProgress } from '../core/video/footageInfo';

/** First and last frame worked on, both included. */
export type FrameRange = { readonly inFrame: number; readonly outFrame: number };

export type FootageSlice = {
  footage: FootageInfo | null;
  /** Footage being opened; what is open meanwhile stays usable. */
  opening: { readonly name: string; readonly progress: OpenProgress } | null;
  range: FrameRange;
  setOpening(opening: FootageSlice['opening']): void;
  /** Makes newly opened footage the current one and starts over with an empty annotation. */
  replaceFootage(footage: FootageInfo): void;
  /** Puts the same footage, opened anew, in the place of the old one; the annotation stays. */
  reattachFootage(footage: FootageInfo): void;
  /** Moves the in point, keeping 0 <= in <= out. */
  setInFrame(frameIndex: number): void;
  setOutFrame(frameIndex: number): void;
  resetRange(): void;
  /** For image sequences, whose files do not say it: frames per second, which decides all times. Positive. */
  setImageRate(framesPerSec: number): void;
};

export const playbackRates = [0.25, 0.5, 1, 1.5, 2] as const;

export type PlaybackRate = (typeof playbackRates)[number];

export type PlaybackSlice = {
  /** Where the playhead is. */
  currentFrame: number;
  /** The frame whose picture is painted right now; it follows currentFrame. Null before the first picture. */
  shownFrame: number | null;
  /** Whether that picture has no more pixels than are seen, as while frames go by quickly. */
  isShownReduced: boolean;
  isPlaying: boolean;
  playbackRate: PlaybackRate;
  /** Factor of the rate while playing, as J and L set it: negative plays backward. 1 whenever playing begins. */
  shuttleSpeed: number;
  /** Whether playing goes on at the other end of the in/out range when it reaches one. */
  isLooping: boolean;
  /** Moves the playhead, clamped to the clip. */
  seek(frameIndex: number): void;
  /** Moves the playhead by a number of frames, backward when negative. */
  step(frames: number): void;
  setShownFrame(frameIndex: number | null, isReduced?: boolean): void;
  setPlaying(isPlaying: boolean): void;
  setPlaybackRate(rate: PlaybackRate): void;
  /** Plays forward (1) or backward (-1); each call the same way doubles the speed. */
  shuttle(direction: 1 | -1): void;
  setLooping(isLooping: boolean): void;
};

/** The part of the state that undo restores. */
export type Annotation = {
  readonly labels: readonly Label[];
  readonly prompts: readonly Prompt[];
  readonly tracks: Tracks;
  /** One switch for all shared background points. */
  readonly useSharedPoints: boolean;
  /** Masks as they were before each run that changed some, oldest first. */
  readonly versions: readonly MaskVersion[];
  /** The change made by hand last; a new one each time, so that each is a step of undo. Null before the first. */
  readonly lastEdit: EditNote | null;
  /** What turns pixels and frames into lengths and times. */
  readonly calibration: Calibration;
  /** Imported masks to compare with. */
  readonly references: readonly ReferenceSet[];
};

export type AnnotationSlice = Omit<Annotation, 'calibration' | 'references'> & {
  /** Highest object id ever given on this footage: the id of a deleted label is not given again. */
  lastObjectId: number;
  activeObjectId: ObjectId | null;
  selectedPromptId: PromptId | null;
  /** Back to one empty label. */
  resetAnnotation(): void;
  /** Adds a label after the others, makes it active and returns it. */
  addLabel(role?: LabelRole): Label;
  updateLabel(objectId: ObjectId, change: Partial<Omit<Label, 'objectId'>>): void;
  /** Moves a label to a place in the list (0-based), among those that play the same part. */
  moveLabel(objectId: ObjectId, toIndex: number): void;
  /** Deletes a label with its prompts and masks. */
  deleteLabel(objectId: ObjectId): void;
  setActiveLabel(objectId: ObjectId): void;
  /**
   * Adds a prompt and selects it; a box or mask replaces the one its label has on that frame. The first point on a
   * propagated mask brings that mask's box along. Regions take no prompts: they are painted.
   */
  addPrompt(prompt: Prompt): void;
  /** Replaces the prompt with the same id. */
  updatePrompt(prompt: Prompt): void;
  deletePrompt(id: PromptId): void;
  /** Deletes all prompts of a frame; with an object id only that label's. */
  clearPrompts(frameIndex: number, objectId?: ObjectId): void;
  selectPrompt(id: PromptId | null): void;
  setUseSharedPoints(useSharedPoints: boolean): void;
  /** Sets (null removes) masks of one source on one frame. */
  setFrameMasks(
    source: MaskSource,
    frameIndex: number,
    masks: Iterable<readonly [ObjectId, FrameMask | null]>,
  ): void;
  clearPropagated(fromFrame: number, toFrame: number): void;
  /** Cuts a label's masks on a range of frames at another probability; 0.5 makes them as they were drawn. */
  setThreshold(objectId: ObjectId, change: ThresholdRange): void;
};

export type CompareScope = 'activeLabel' | 'allLabels';

/** What became of the masks. The versions themselves are part of the annotation. */
export type ReviewSlice = {
  /** How many runs (propagation, redrawing, restoring a version) have been started on this footage. */
  propagationRuns: number;
  /** Counts acceptances and their withdrawals, so that each is a step of undo although it changes only tracks. */
  acceptances: number;
  /** The version whose differences are painted in place of the masks; null for none. */
  comparedVersionId: number | null;
  /** Whose differences are painted. */
  compareScope: CompareScope;
  /** Makes the seen masks of a frame annotation: true, and left as they are by every run. One step of undo. */
  acceptFrame(frameIndex: number): void;
  /** Makes the accepted masks of a frame what they were; prompted ones stay. One step of undo. */
  unacceptFrame(frameIndex: number): void;
  /**
   * Marks the start of a run: everything it changes is one step of undo. With a note of what it is about to change, the
   * masks that are there become a version.
   */
  beginPropagationRun(note?: VersionNote): void;
  /** Puts the masks of a version back on its frames, as one step of undo; those that were there become a version. */
  restoreVersion(id: number): void;
  setComparedVersion(id: number | null): void;
  setCompareScope(scope: CompareScope): void;
};

export type ToolId =
  | 'select'
  | 'foregroundPoint'
  | 'backgroundPoint'
  | 'sharedPoint'
  | 'box'
  | 'brush'
  | 'eraser'
  | 'polygon'
  | 'lasso'
  | 'fill'
  | 'scaleLine'
  | 'axes'
  | 'regionBox'
  | 'regionPolygon'
  | 'pan';

export type ToolSlice = { tool: ToolId; setTool(tool: ToolId): void };

/** stage px = source px * scale + (x, y). */
export type ViewTransform = { readonly scale: number; readonly x: number; readonly y: number };
export type Theme = 'system' | 'light' | 'dark';

export type ViewSlice = {
  /** Null means: fit the picture to the canvas, whatever size that has. */
  viewTransform: ViewTransform | null;
  /** 0..1 */
  overlayOpacity: number;
  /** While true, only the bare frame is painted. */
  isBareFrame: boolean;
  theme: Theme;
  setViewTransform(transform: ViewTransform | null): void;
  setOverlayOpacity(opacity: number): void;
  setBareFrame(isBare: boolean): void;
  setTheme(theme: Theme): void;
};

export type EngineStatus =
  | { readonly kind: 'loading'; readonly phase: string; readonly fraction: number | null }
  | { readonly kind: 'ready'; readonly info: EngineInfo }
  | { readonly kind: 'failed' };

export type EngineSlice = {
  engine: EngineStatus;
  /** Frame being encoded for prompting; null when none. */
  encodingFrame: number | null;
  /** Frame whose masks are being brought up to date with its prompts; null when all are. */
  predictingFrame: number | null;
  /** What draws the next propagation run. */
  propagationEngine: PropagationEngineId;
  /** What draws masks from prompts, and what SAM propagation, SAM refinement and the memory engine stand on. */
  promptingModel: PromptingModelId;
  /** How large XMem sees the frames. */
  workingSize: WorkingSize;
  setPropagationEngine(engine: PropagationEngineId): void;
  setWorkingSize(size: WorkingSize): void;
  setPromptingModel(model: PromptingModelId): void;
  setEngine(engine: EngineStatus): void;
  setEncodingFrame(frameIndex: number | null): void;
  setPredictingFrame(frameIndex: number | null): void;
};

export type PropagationDirection = 'forward' | 'backward' | 'both';

export type PropagationJob = {
  /** Drawing new frames from old ones, or redrawing the masks that are there. */
  readonly kind: 'propagate' | 'refine';
  /** Steps done and steps in all: a frame that is drawn in two passes counts twice. */
  readonly framesDone: number;
  readonly frameCount: number;
  /** Whether some frames are drawn in two passes. */
  readonly hasTwoPasses?: boolean;
  /** Frame drawn last; null before the first. */
  readonly lastFrame: number | null;
  /** Measured over the frames done so far, pauses left out; null before the second frame. */
  readonly framesPerSec: number | null;
  readonly secondsLeft: number | null;
  /** `waiting`: prompted masks are still being brought up to date; the number of frames is not known yet. */
  readonly state: 'waiting' | 'running' | 'paused' | 'stopping';
  /** Name of what draws: the propagation engine, or the model that redraws; left out where it is not known. */
  readonly drawnBy?: string;
  /** Name of the model that is being loaded before the first frame; left out when none is. */
  readonly loading?: string;
};

export type ExportJob = { readonly framesDone: number; readonly frameCount: number };

export type JobSlice = {
  propagation: PropagationJob | null;
  exporting: ExportJob | null;
  /** Whether an export holds the labels' probabilities, too. */
  isSoftExported: boolean;
  /** The run under way, or one that an earlier visit left in the middle; null when the last one came to its end. */
  unfinishedRun: UnfinishedRun | null;
  setUnfinishedRun(run: UnfinishedRun | null): void;
  setSoftExported(isSoftExported: boolean): void;
  setPropagation(job: PropagationJob | null): void;
  setExporting(job: ExportJob | null): void;
};

export type Message = { readonly id: number } & (
  | { readonly kind: 'error'; readonly message: UserMessage }
  | { readonly kind: 'notice'; readonly text: string }
);

/** A message that was shown, to be read again. */
export type LoggedMessage = { readonly message: Message; readonly atMs: number };

/** A question that must be answered before something goes away. */
export type Confirmation = {
  readonly title: string;
  readonly text: string;
  readonly confirmLabel: string;
};

export type MessageSlice = {
  messages: readonly Message[];
  /** What was told lately, dismissed or not; newest last. */
  messageLog: readonly LoggedMessage[];
  confirmation: Confirmation | null;
  /** Asks the user; resolves with the answer. A question still open is answered with no. */
  ask(confirmation: Confirmation): Promise<boolean>;
  answer(isConfirmed: boolean): void;
  showError(message: UserMessage): void;
  showNotice(text: string): void;
  dismissMessage(id: number): void;
};

export type MaskflowState = FootageSlice &
  PlaybackSlice &
  AnnotationSlice &
  ReviewSlice &
  ToolSlice &
  ViewSlice &
  EngineSlice &
  JobSlice &
  MessageSlice &
  ImportSlice &
  DisplaySlice &
  PaintSlice &
  EditSlice &
  ProvenanceSlice &
  StudySlice &
  ModelsSlice &
  InspectorSlice &
  MeasureSlice &
  CompareSlice &
  ProjectSlice;
