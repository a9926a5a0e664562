/** Geometry of the timeline: frame <-> px, zoom and pan, and where the ruler puts its ticks. */
import { frameAtTime, frameCount, timestampOfFrame, type FrameTable } from '../../core/video/frameTable';
import { niceStep } from '../plots/plotTicks';

/** Frame i covers the px from `frameToPx(scale, i)` to `frameToPx(scale, i + 1)`. */
export type TimelineScale = {
  readonly frameCount: number;
  readonly widthPx: number;
  /** Frame at the left edge; may lie between two frames. */
  readonly firstFrame: number;
  readonly pxPerFrame: number;
};

export type Tick = { readonly px: number; readonly label: string };

const maxPxPerFrame = 48;
/** A range as short as this may fill the view. */
const fewestFramesInView = 3;

/** The whole clip in the width at hand. */
export function fitScale(count: number, widthPx: number): TimelineScale {
  const width = Math.max(widthPx, 1);
  return { frameCount: count, widthPx: width, firstFrame: 0, pxPerFrame: width / Math.max(count, 1) };
}

/** Left edge in px of a frame (or of a place between frames). */
export function frameToPx(scale: TimelineScale, frame: number): number {
  return (frame - scale.firstFrame) * scale.pxPerFrame;
}

/** Middle in px of a frame's cell: the place of its number on the ruler, its diamonds and the playhead. */
export function frameMiddlePx(scale: TimelineScale, frame: number): number {
  return frameToPx(scale, frame + 0.5);
}

/** The frame under a px, clamped to the clip. */
export function pxToFrame(scale: TimelineScale, px: number): number {
  const frame = Math.floor(scale.firstFrame + px / scale.pxPerFrame);
  return Math.min(Math.max(frame, 0), Math.max(scale.frameCount - 1, 0));
}

function clampedScale(scale: TimelineScale): TimelineScale {
  const fitted = scale.widthPx / Math.max(scale.frameCount, 1);
  const most = Math.max(maxPxPerFrame, fitted, scale.widthPx / fewestFramesInView);
  const pxPerFrame = Math.min(Math.max(scale.pxPerFrame, fitted), most);
  const lastFirst = Math.max(scale.frameCount - scale.widthPx / pxPerFrame, 0);
  return { ...scale, pxPerFrame, firstFrame: Math.min(Math.max(scale.firstFrame, 0), lastFirst) };
}

/** Zooms by a factor and keeps what is under `px` in place as far as the clip's ends allow. */
export function zoomAt(scale: TimelineScale, px: number, factor: number): TimelineScale {
  const anchor = scale.firstFrame + px / scale.pxPerFrame;
  const { pxPerFrame } = clampedScale({ ...scale, pxPerFrame: scale.pxPerFrame * factor });
  return clampedScale({ ...scale, pxPerFrame, firstFrame: anchor - px / pxPerFrame });
}

/** Moves the view to later frames by `px`. */
export function panBy(scale: TimelineScale, px: number): TimelineScale {
  return clampedScale({ ...scale, firstFrame: scale.firstFrame + px / scale.pxPerFrame });
}

/** The view begins at a frame (or between two), as far as the clip's ends allow. */
export function movedTo(scale: TimelineScale, firstFrame: number): TimelineScale {
  return clampedScale({ ...scale, firstFrame });
}

/** Shows these frames, both included, as large as they fit. */
export function shownRange(scale: TimelineScale, fromFrame: number, toFrame: number): TimelineScale {
  const pxPerFrame = scale.widthPx / Math.max(toFrame - fromFrame + 1, 1);
  const shown = clampedScale({ ...scale, pxPerFrame, firstFrame: fromFrame });
  // A short range stands in the middle.
  const room = shown.widthPx / shown.pxPerFrame - (toFrame - fromFrame + 1);
  return clampedScale({ ...shown, firstFrame: fromFrame - room / 2 });
}

/** Pans just enough that the frame is in view. */
export function scrolledTo(scale: TimelineScale, frame: number): TimelineScale {
  const left = frameToPx(scale, frame);
  const right = left + scale.pxPerFrame;
  if (left < 0) {
    return panBy(scale, left);
  }
  return right > scale.widthPx ? panBy(scale, left) : scale;
}

/** The same view in a new width or over a new clip length. */
export function resized(scale: TimelineScale, widthPx: number): TimelineScale {
  const isFitted = scale.pxPerFrame * scale.frameCount <= scale.widthPx + 0.5;
  return isFitted ? fitScale(scale.frameCount, widthPx) : clampedScale({ ...scale, widthPx });
}

/** The smallest of 1, 2, 5, 10, 20, 50, ... that is at least `least`. */
export function niceFrameStep(least: number): number {
  for (let decade = 1; ; decade *= 10) {
    for (const digit of [1, 2, 5]) {
      if (digit * decade >= least) {
        return digit * decade;
      }
    }
  }
}

const secondSteps = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600];

/** High-speed film, told its true rate, may need steps of microseconds. */
function niceSecondStep(least: number): number {
  if (least < secondSteps[0]!) {
    return niceStep(least);
  }
  return secondSteps.find((step) => step >= least) ?? Math.ceil(least / 3600) * 3600;
}

/** Frame ticks in view, each in the middle of its frame's cell, at least `minGapPx` apart. */
export function frameTicks(scale: TimelineScale, minGapPx: number): Tick[] {
  const step = niceFrameStep(minGapPx / scale.pxPerFrame);
  const last = Math.min(scale.frameCount - 1, scale.firstFrame + scale.widthPx / scale.pxPerFrame - 0.5);
  const first = Math.max(Math.ceil((scale.firstFrame - 0.5) / step), 0) * step;
  const ticks: Tick[] = [];
  for (let frame = first; frame <= last; frame += step) {
    ticks.push({ px: frameMiddlePx(scale, frame), label: String(frame) });
  }
  return ticks;
}

function tickLabel(sec: number, stepSec: number): string {
  const decimals = stepSec < 1 ? Math.max(1, -Math.floor(Math.log10(stepSec) + 1e-9)) : 0;
  const minutes = Math.floor(sec / 60 + 1e-9);
  const rest = Math.max(sec - minutes * 60, 0).toFixed(decimals);
  return minutes > 0 || stepSec >= 60
    ? `${minutes}:${rest.padStart(decimals ? 3 + decimals : 2, '0')}`
    : `${rest} s`;
}

/** Where a time lies between the frames: 2.5 is half-way through frame 2. */
function frameOfTime(table: FrameTable, sec: number): number {
  const frame = frameAtTime(table, sec);
  const start = timestampOfFrame(table, frame);
  const end =
    frame + 1 < frameCount(table) ? timestampOfFrame(table, frame + 1) : start + table.lastDurationSec;
  return end > start ? frame + Math.min((sec - start) / (end - start), 1) : frame;
}

/**
 * Second ticks in view, each where its time lies (a frame's cell begins at the frame's time), at least `minGapPx` apart
 * even where the frame rate varies.
 */
export function secondTicks(scale: TimelineScale, table: FrameTable, minGapPx: number): Tick[] {
  const firstSec = timestampOfFrame(table, pxToFrame(scale, 0));
  const lastIndex = pxToFrame(scale, scale.widthPx);
  const lastSec =
    lastIndex + 1 < frameCount(table)
      ? timestampOfFrame(table, lastIndex + 1)
      : timestampOfFrame(table, lastIndex) + table.lastDurationSec;
  const spanPx = Math.min(scale.widthPx, scale.frameCount * scale.pxPerFrame);
  const step = niceSecondStep(((lastSec - firstSec) / Math.max(spanPx, 1)) * minGapPx);
  const ticks: Tick[] = [];
  let freeFromPx = -Infinity;
  for (let index = Math.ceil(firstSec / step); index * step < lastSec; index += 1) {
    const px = frameToPx(scale, frameOfTime(table, index * step));
    if (px >= freeFromPx && px >= 0 && px <= scale.widthPx) {
      ticks.push({ px, label: tickLabel(index * step, step) });
      freeFromPx = px + minGapPx;
    }
  }
  return ticks;
}
