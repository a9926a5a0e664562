/** The sentences of the interface that are longer than a button's name, in one place to be read and changed. */

/** The guide's sentences, one for each step of the first minutes. */
export const guideText = {
  open: 'Open a video, images or a folder, or start with the sample clip.',
  draw: 'Draw a box around something.',
  /** {label} stands for the name of the active label. */
  drawLabel: 'Draw a box around {label}.',
  addLabel: 'Add a label for the thing you want to segment.',
  /** For an active region. */
  paintRegion: 'Paint {label} with the brush. It holds on all frames until you paint it on another.',
  onlyBackground:
    'Background points say only what is not meant. Add a box or a foreground point on what you want.',
  wait: 'The mask appears as soon as the frame is prepared.',
  propagate: 'Looks right? Propagate it through the clip, or add points to correct it.',
  emptyFrame: 'This frame has no masks yet. Propagate from a frame that has, or draw a box here.',
  doubtful: '{key} goes to the next doubtful frame. Correct or accept it.',
  repropagate: 'Corrected? {key} propagates again, up to the annotated frames around it.',
  review: 'Scrub through. Where it drifted, add a point or box and propagate again.',
} as const;

export const historyText = {
  nothingToUndo: 'Nothing to undo.',
  nothingToRedo: 'Nothing to redo.',
} as const;

export const propagateText = {
  noFootage: 'Open footage first.',
  noMasks: 'No label has a mask on this frame. Prompt this frame, or go to one that has masks.',
  nothingToRedraw: 'There is no propagated mask between the in and out points.',
  engineNotReady: 'The engine is not ready yet.',
  outsideRange: 'This frame lies outside the in and out points.',
} as const;

export const reviewText = {
  accept:
    'The masks of this frame are right: they become annotation, which runs start from and never change.',
  takeBack: 'Makes the masks of this frame guesses again, as they were before.',
  fix: 'Goes to the worst frame with its label active and the foreground point in hand.',
  noFootage: 'Open footage first.',
  beingDrawn: 'The masks of this frame are being drawn.',
  isAnnotated: 'This frame is annotated already.',
  noMasks: 'This frame has no masks to accept.',
  noneDoubtful: 'No frame between the in and out points is doubtful.',
  noneThatWay: { 1: 'No doubtful frame after this one.', [-1]: 'No doubtful frame before this one.' },
  versions:
    'The masks as they were before each run that changed some. Undo takes whole runs back; versions can be compared.',
  restore: 'Puts the masks of this version back on its frames. Annotated masks stay; undo takes it back.',
  runFirst: 'A run is going on.',
  sameAsNow: 'The masks are the same now.',
  legend:
    'Diamond: annotated. Square: made by hand or imported. Bar: propagated, the higher and stronger the surer. Dashes: doubtful, confidence below 0.5. Thin line: nothing found.',
} as const;

export const exportText = {
  noFootage: 'Open footage first.',
  noObjects: 'Every label is a competitor, and competitors are left out of the result. Add a label.',
  noMasks: 'No frame between the in and out points has a mask yet.',
  noFolder: 'This browser cannot write into a folder; Chrome and Edge on a computer can. Use the ZIP.',
} as const;

export const privacyText = 'Everything runs on this computer. No frame, prompt or mask is uploaded.';

export const modelLicenceText =
  'MobileSAM (Apache-2.0), run with ONNX Runtime Web (MIT). NOTICE lists all licences.';

export const labelText = {
  competes:
    'A competitor takes pixels from the other labels where it fits better, and is left out of the export.',
  predictedIou:
    "SAM's own estimate of how well its mask fits (predicted IoU, 1 is best). It is not a measured accuracy.",
  confidence:
    'How likely the propagation engine thinks this mask is good, 0 to 1. Under 0.5 the frame is worth a look.',
  sharedPoints:
    'A shared background point is given to every label on its frame. Switch them off to compare the masks without.',
  noLabels: 'A label names one thing to segment. Add one to begin.',
} as const;

export const inspectorText = {
  imageRate:
    'Image files do not say how fast they were taken. Times, playback and frames.csv follow this rate.',
  noPrompts: 'No prompts on this frame. Draw a box, or click points on the picture.',
  refine: 'Gives the current mask back to SAM as a mask prompt, so that SAM redraws it.',
  outlinesOnly: '0 % shows outlines only.',
  refineNeedsMask: 'This label has no mask on this frame.',
  before: 'The mask as it is.',
  after: 'What SAM is given: 256 x 256 logits, +18 inside and -18 outside.',
  noPreview: 'There is no mask to show.',
} as const;

export const thresholdText = {
  what: 'Cuts the mask where its probability, as the model gives it, is above p; 0.5 is the drawing. A lower p takes in doubtful pixels that no other label has, a higher p leaves them out. No model runs, and 0.5 brings the drawing back.',
  noMask: 'This label has no mask on this frame.',
  noProbabilities: 'No probabilities are kept for this mask, so it stays as it was drawn.',
  isDrawn: 'The threshold is 0.5: the mask is as it was drawn.',
  isApplied: 'All these frames have this threshold.',
  areas:
    'What this mask alone covers at each threshold: how much its area depends on where the line is drawn. Pixels that another label has are counted too.',
} as const;

export const dropText = {
  title: 'Drop to open',
  formats: 'Videos (MP4, MOV, MKV, WebM, TS, AVI, MPEG), PNG or JPEG images, a folder of them, or a ZIP',
} as const;
