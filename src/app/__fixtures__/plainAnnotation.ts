/** The annotation as plain data, changed in the plainest way: what the real one is compared with. */
import type { Label } from '../../core/label/label';
import type { Prompt } from '../../core/prompt/prompt';
import { cleanupAt } from '../../core/track/cleanupRules';
import type { FrameMask } from '../../core/track/maskTrack';
import { thresholdAt } from '../../core/track/thresholdRanges';
import type { MaskflowState } from '../../state/maskflowState';

export const FRAMES = 12;

/** One entry for each frame; `null` for no mask. */
export type PlainFrames = (string | null)[];

export type PlainTrack = {
  prompted: PlainFrames;
  propagated: PlainFrames;
  thresholds: number[];
  holes: number[];
};

export type PlainVersion = {
  from: number;
  to: number;
  propagated: Record<string, PlainFrames>;
};

export type PlainAnnotation = {
  labels: Label[];
  /** Without ids, which differ from visit to visit. */
  prompts: unknown[];
  tracks: Record<string, PlainTrack>;
  versions: PlainVersion[];
  useSharedPoints: boolean;
  range: { inFrame: number; outFrame: number };
  runs: number;
  acceptances: number;
  lastEdit: string | null;
};

function all<T>(value: T): T[] {
  return Array.from({ length: FRAMES }, () => value);
}

export function plainTrack(): PlainTrack {
  return { prompted: all(null), propagated: all(null), thresholds: all(0.5), holes: all(0) };
}

export function plainMask(mask: FrameMask): string {
  const { rle, areaPx, isAccepted = false, edit = null } = mask;
  return JSON.stringify([[...rle.counts], areaPx, isAccepted, edit]);
}

export function plainPrompt({ id: _id, ...prompt }: Prompt): unknown {
  return structuredClone(prompt);
}

function plainFrames(masks: ReadonlyMap<number, FrameMask> | undefined): PlainFrames {
  return Array.from({ length: FRAMES }, (_, frame) => {
    const mask = masks?.get(frame);
    return mask ? plainMask(mask) : null;
  });
}

/** The real annotation as plain data, labels without a track included. */
export function plainOf(state: MaskflowState): PlainAnnotation {
  const { labels, tracks, versions } = state;
  const frames = Array.from({ length: FRAMES }, (_, frame) => frame);
  return structuredClone({
    labels: [...labels],
    prompts: state.prompts.map(plainPrompt),
    tracks: Object.fromEntries(
      labels.map(({ objectId }): [string, PlainTrack] => {
        const track = tracks.get(objectId);
        return [
          String(objectId),
          {
            prompted: plainFrames(track?.prompted),
            propagated: plainFrames(track?.propagated),
            thresholds: frames.map((frame) => thresholdAt(track?.thresholds, frame)),
            holes: frames.map((frame) => cleanupAt(track?.rules, frame).maxHolePx),
          },
        ];
      }),
    ),
    versions: versions.map((version) => ({
      from: version.fromFrame,
      to: version.toFrame,
      propagated: Object.fromEntries(
        version.objectIds.map((id) => [String(id), plainFrames(version.tracks.get(id)?.propagated)]),
      ),
    })),
    useSharedPoints: state.useSharedPoints,
    range: { ...state.range },
    runs: state.propagationRuns,
    acceptances: state.acceptances,
    lastEdit: state.lastEdit?.name ?? null,
  });
}

/** Undo and redo by deep copies of everything. */
export class PlainHistory {
  present: PlainAnnotation;
  readonly past: PlainAnnotation[] = [];
  readonly future: PlainAnnotation[] = [];
  readonly #limit: number;

  constructor(present: PlainAnnotation, limit: number) {
    this.present = structuredClone(present);
    this.#limit = limit;
  }

  /** One step. */
  step(change: (annotation: PlainAnnotation) => void): void {
    this.past.push(structuredClone(this.present));
    this.past.splice(0, Math.max(0, this.past.length - this.#limit));
    this.future.length = 0;
    change(this.present);
  }

  /** A change that joins the step before. */
  join(change: (annotation: PlainAnnotation) => void): void {
    change(this.present);
  }

  travel(way: 'undo' | 'redo'): void {
    const [from, to] = way === 'undo' ? [this.past, this.future] : [this.future, this.past];
    const target = from.pop();
    if (target) {
      to.push(structuredClone(this.present));
      this.present = target.runs === this.present.runs ? keepingRuns(this.present, target) : target;
    }
  }

  /** Forgets all steps. */
  clear(): void {
    this.past.length = 0;
    this.future.length = 0;
  }
}

/** Propagated masks belong to runs: a step that crosses none leaves them. */
function keepingRuns(present: PlainAnnotation, target: PlainAnnotation): PlainAnnotation {
  const kept = structuredClone(target);
  for (const [id, track] of Object.entries(kept.tracks)) {
    track.propagated = structuredClone(present.tracks[id]?.propagated ?? track.propagated);
  }
  return kept;
}
