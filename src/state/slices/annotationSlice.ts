/** What the user made: labels, prompts, masks. Every change is one immutable replacement, so history can keep it. */
import type { StateCreator } from 'zustand/vanilla';
import { freshComparison } from './compareSlice';
import type { Annotation, AnnotationSlice, MaskflowState } from '../maskflowState';
import type { ObjectId } from '../../core/base/ids';
import { correctionBox } from '../../core/prompt/correctionBox';
import { createLabel, isRegionRole, objectsFirst, type Label } from '../../core/label/label';
import { plainCalibration } from '../../core/measure/calibration';
import type { Prompt } from '../../core/prompt/prompt';
import { emptyLog } from '../../core/provenance/log';
import { noStudy } from './studySlice';
import {
  withFrameMasks,
  withoutPropagated,
  withoutTrack,
  withTrackThreshold,
} from '../../core/track/trackEdits';

function freshAnnotation() {
  const label = createLabel([]);
  return {
    labels: [label],
    prompts: [],
    tracks: new Map() as Annotation['tracks'],
    useSharedPoints: true,
    versions: [] as Annotation['versions'],
    lastEdit: null,
    calibration: plainCalibration,
    ...freshComparison,
    measurements: null,
    isMeasuringStopped: false,
    provenance: emptyLog,
    provenanceHead: null,
    ...noStudy,
    comparedVersionId: null,
    propagationRuns: 0,
    acceptances: 0,
    lastObjectId: label.objectId as number,
    activeObjectId: label.objectId,
    selectedPromptId: null,
    unfinishedRun: null,
  };
}

/** A label has one box and one mask prompt for each frame; the newcomer takes the place of the old one. */
function isReplacedBy(old: Prompt, added: Prompt): boolean {
  return (
    (added.kind === 'box' || added.kind === 'mask') &&
    old.kind === added.kind &&
    old.objectId === added.objectId &&
    old.frameIndex === added.frameIndex
  );
}

function hasSamePlace(a: Prompt, b: Prompt): boolean {
  if (a.kind === 'box' && b.kind === 'box') {
    return a.objectId === b.objectId && a.box.every((edge, index) => edge === b.box[index]);
  }
  const arePoints =
    (a.kind === 'point' && b.kind === 'point') || (a.kind === 'sharedPoint' && b.kind === 'sharedPoint');
  const hasSameLabel =
    a.kind !== 'point' || b.kind !== 'point' || (a.label === b.label && a.objectId === b.objectId);
  return arePoints && hasSameLabel && a.point.x === b.point.x && a.point.y === b.point.y;
}

function isOf(prompt: Prompt, objectId: ObjectId): boolean {
  return prompt.kind === 'sharedPoint' || prompt.objectId === objectId;
}

function moved(labels: readonly Label[], objectId: ObjectId, toIndex: number): readonly Label[] {
  const label = labels.find((candidate) => candidate.objectId === objectId);
  if (!label) {
    return labels;
  }
  const rest = labels.filter((candidate) => candidate !== label);
  return objectsFirst(rest.toSpliced(Math.min(Math.max(toIndex, 0), rest.length), 0, label));
}

/** Regions are painted: no engine would look at a prompt of theirs. */
function withPrompt({ prompts, tracks, labels }: MaskflowState, prompt: Prompt): Partial<MaskflowState> {
  const label =
    prompt.kind === 'sharedPoint'
      ? undefined
      : labels.find((candidate) => candidate.objectId === prompt.objectId);
  if (label && isRegionRole(label.role)) {
    return {};
  }
  const box = prompt.kind === 'point' ? correctionBox(prompts, tracks, prompt) : null;
  const kept = prompts.filter((old) => !isReplacedBy(old, prompt));
  return { prompts: [...kept, ...(box ? [box] : []), prompt], selectedPromptId: prompt.id };
}

export const createAnnotationSlice: StateCreator<MaskflowState, [], [], AnnotationSlice> = (set, get) => ({
  ...freshAnnotation(),
  resetAnnotation: () => set(freshAnnotation()),
  addLabel: (role = 'object') => {
    const label = createLabel(get().labels, role, get().lastObjectId);
    const { objectId } = label;
    set(({ labels }) => ({
      labels: objectsFirst([...labels, label]),
      activeObjectId: objectId,
      lastObjectId: objectId,
      selectedPromptId: null,
    }));
    return label;
  },
  updateLabel: (objectId, change) =>
    set(({ labels }) => ({
      labels: objectsFirst(
        labels.map((label) => (label.objectId === objectId ? { ...label, ...change } : label)),
      ),
    })),
  moveLabel: (objectId, toIndex) => set(({ labels }) => ({ labels: moved(labels, objectId, toIndex) })),
  deleteLabel: (objectId) =>
    set(({ labels, prompts, tracks, activeObjectId }) => {
      const rest = labels.filter((label) => label.objectId !== objectId);
      return {
        labels: rest,
        prompts: prompts.filter((prompt) => prompt.kind === 'sharedPoint' || prompt.objectId !== objectId),
        tracks: withoutTrack(tracks, objectId),
        activeObjectId: activeObjectId === objectId ? (rest[0]?.objectId ?? null) : activeObjectId,
        selectedPromptId: null,
      };
    }),
  setActiveLabel: (activeObjectId) =>
    set(({ prompts, selectedPromptId }) => ({
      activeObjectId,
      // Handles of other labels are not on show; Delete must not reach what cannot be seen.
      selectedPromptId: prompts.some(
        (prompt) => prompt.id === selectedPromptId && isOf(prompt, activeObjectId),
      )
        ? selectedPromptId
        : null,
    })),
  addPrompt: (prompt) => set((state) => withPrompt(state, prompt)),
  updatePrompt: (prompt) =>
    set(({ prompts }) => {
      const old = prompts.find((candidate) => candidate.id === prompt.id);
      // A drag ends where it was last seen; the same place again is no change, and nothing to draw.
      return !old || hasSamePlace(old, prompt)
        ? {}
        : { prompts: prompts.map((candidate) => (candidate === old ? prompt : candidate)) };
    }),
  deletePrompt: (id) =>
    set(({ prompts, selectedPromptId }) => ({
      prompts: prompts.filter((prompt) => prompt.id !== id),
      selectedPromptId: selectedPromptId === id ? null : selectedPromptId,
    })),
  clearPrompts: (frameIndex, objectId) =>
    set(({ prompts }) => ({
      prompts: prompts.filter(
        (prompt) =>
          prompt.frameIndex !== frameIndex ||
          (objectId !== undefined && (prompt.kind === 'sharedPoint' || prompt.objectId !== objectId)),
      ),
      selectedPromptId: null,
    })),
  selectPrompt: (selectedPromptId) => set({ selectedPromptId }),
  setUseSharedPoints: (useSharedPoints) => set({ useSharedPoints }),
  setFrameMasks: (source, frameIndex, masks) =>
    set(({ tracks }) => ({ tracks: withFrameMasks(tracks, source, frameIndex, masks) })),
  clearPropagated: (fromFrame, toFrame) =>
    set(({ tracks }) => ({ tracks: withoutPropagated(tracks, fromFrame, toFrame) })),
  setThreshold: (objectId, change) =>
    set(({ tracks }) => ({ tracks: withTrackThreshold(tracks, objectId, change) })),
});
