/** What the keys do, where it is more than one call of the store. */
import { promptedFrames } from '../../core/prompt/promptSet';
import { framesWithPromptedMasks } from '../../core/track/annotatedFrames';
import { frameCount } from '../../core/video/frameTable';
import type { MaskflowApp } from '../../app/maskflowApp';
import type { PropagationDirection, ToolId } from '../../state/maskflowState';
import { nudgeSelected } from '../tools/nudge';
import { propagateBlocker } from '../topbar/propagateReadiness';

export const arrowVectors: Record<string, readonly [dx: number, dy: number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export function pickTool(tool: ToolId) {
  return ({ store }: MaskflowApp): void => store.getState().setTool(tool);
}

export function step(frames: number) {
  return ({ store }: MaskflowApp): void => {
    const { footage, setPlaying, step: stepFrames } = store.getState();
    if (footage) {
      setPlaying(false);
      stepFrames(frames);
    }
  };
}

export function goToEnd(end: 'first' | 'last') {
  return ({ store }: MaskflowApp): void => {
    const { footage, seek } = store.getState();
    if (footage) {
      seek(end === 'first' ? 0 : frameCount(footage.frameTable) - 1);
    }
  };
}

export function goToPrompted(direction: 1 | -1) {
  return ({ store }: MaskflowApp): void => {
    const { prompts, tracks, labels, activeObjectId, currentFrame, seek, setPlaying } = store.getState();
    // Where a region is painted is of interest only while it is the region that is worked on.
    const others = labels.filter(({ objectId }) => objectId !== activeObjectId);
    const annotated = new Set([...promptedFrames(prompts), ...framesWithPromptedMasks(tracks, others)]);
    const frames = [...annotated].toSorted((a, b) => a - b);
    const target =
      direction === 1
        ? frames.find((frame) => frame > currentFrame)
        : frames.findLast((frame) => frame < currentFrame);
    if (target !== undefined) {
      setPlaying(false);
      seek(target);
    }
  };
}

export function propagate(direction: PropagationDirection) {
  return (app: MaskflowApp): void => {
    const state = app.store.getState();
    const blocker = propagateBlocker(state);
    if (state.propagation) {
      return;
    }
    if (blocker) {
      state.showNotice(blocker);
    } else {
      void app.propagate(direction, 'untilPrompted');
    }
  };
}

export function nudge(distancePx: number) {
  return ({ store }: MaskflowApp, _host: unknown, event: KeyboardEvent): void => {
    const [dx, dy] = arrowVectors[event.key] ?? [0, 0];
    nudgeSelected(store, dx * distancePx, dy * distancePx);
  };
}

export function setRangePoint(point: 'in' | 'out') {
  return ({ store }: MaskflowApp): void => {
    const { footage, currentFrame, setInFrame, setOutFrame } = store.getState();
    if (footage) {
      (point === 'in' ? setInFrame : setOutFrame)(currentFrame);
    }
  };
}

export function pickLabel({ store }: MaskflowApp, _host: unknown, event: KeyboardEvent): void {
  const { labels, setActiveLabel } = store.getState();
  const label = labels[Number(event.code.slice(-1)) - 1];
  if (label) {
    setActiveLabel(label.objectId);
  }
}

export function exportZip(app: MaskflowApp): void {
  const { footage, exporting } = app.store.getState();
  if (footage && !exporting) {
    void app.exportMasks('zip');
  }
}
