/** What an import will do, told before anything changes. */
import type { Size } from '../geometry/box';
import type { Tracks } from '../track/maskTrack';
import { planLabels, type LabelChoice, type LabelTarget, type PlannedLabel } from './importLabels';
import type { GreyReading, ImportedPicture, ImportKey, ImportSource } from './importSource';
import { framesBy, possibleMethods, type MatchMethod, type MatchTarget } from './matchFrames';
import type { Label } from '../label/label';

export type ImportTarget = LabelTarget & MatchTarget & { readonly size: Size };

export type ImportChoices = {
  /** Null: the likeliest. */
  readonly method: MatchMethod | null;
  /** Whether pictures of another size are scaled, rather than left out. */
  readonly isScaled: boolean;
  /** Whether a label without pixels on a picture is taken to be absent there, rather than not to be annotated. */
  readonly isAbsenceTaken: boolean;
  readonly labels: ReadonlyMap<ImportKey, LabelChoice>;
};

/** What the user decided in the preview. */
export type ImportOrder = { readonly choices: ImportChoices; readonly greyReading: GreyReading | null };

export const defaultChoices: ImportChoices = {
  method: null,
  isScaled: false,
  isAbsenceTaken: false,
  labels: new Map(),
};

/**
 * What masks come in for: to become annotation, or to be compared with, which changes none. A reference is scaled at
 * first, and a label that a picture of it does not show is absent there.
 */
export type ImportPurpose = 'annotation' | 'reference';

export function choicesFor(purpose: ImportPurpose): ImportChoices {
  return purpose === 'annotation'
    ? defaultChoices
    : { ...defaultChoices, isScaled: true, isAbsenceTaken: true };
}

/** Why a picture is left out. `sameFrame`: an earlier picture is for that frame already. */
export type PictureProblem = 'noFrame' | 'sameFrame' | 'wrongSize';

export type PlannedPicture = {
  readonly picture: ImportedPicture;
  readonly frameIndex: number | null;
  readonly problem: PictureProblem | null;
  readonly isScaled: boolean;
};

/** Both frames included. */
export type FrameSpan = { readonly fromFrame: number; readonly toFrame: number };

export type ImportPlan = {
  readonly method: MatchMethod | null;
  readonly methods: readonly MatchMethod[];
  readonly pictures: readonly PlannedPicture[];
  readonly labels: readonly PlannedLabel[];
  /** All labels as they will be. */
  readonly labelsAfter: readonly Label[];
  /** Frames between the first and the last one that get no picture. */
  readonly gaps: readonly FrameSpan[];
  /** Pictures of another size than the footage. */
  readonly wrongSizes: readonly Size[];
  readonly counts: {
    /** Frames that get masks. */
    readonly frames: number;
    readonly masks: number;
    /** Annotated masks that are replaced. */
    readonly replaced: number;
    /** Pictures left out. */
    readonly left: number;
  };
};

export function planImport(source: ImportSource, target: ImportTarget, choices: ImportChoices): ImportPlan {
  const methods = possibleMethods(source.pictures, target);
  const method =
    choices.method !== null && methods.includes(choices.method) ? choices.method : (methods[0] ?? null);
  const pictures = planPictures(source.pictures, target, method, choices.isScaled);
  const used = pictures.filter(({ problem }) => problem === null);
  const usedKeys = new Set(used.flatMap(({ picture }) => picture.masks.map(({ key }) => key)));
  // A number without masks needs no label; a label that labels.json names is wanted all the same.
  const unwanted = source.labels.filter(({ key, name }) => name === null && !usedKeys.has(key));
  const skipped = unwanted.map(({ key }) => [key, { kind: 'skip' }] as const);
  const { planned, labels } = planLabels(source.labels, target, new Map([...skipped, ...choices.labels]));
  return {
    method,
    methods,
    pictures,
    labels: planned,
    labelsAfter: labels,
    gaps: gapsBetween(used.map(({ frameIndex }) => frameIndex!)),
    wrongSizes: wrongSizes(source.pictures, target.size),
    counts: {
      ...countMasks(used, planned, target.tracks),
      left: pictures.length - used.length,
    },
  };
}

function isSameSize(a: Size, b: Size): boolean {
  return a.width === b.width && a.height === b.height;
}

function planPictures(
  pictures: readonly ImportedPicture[],
  target: ImportTarget,
  method: MatchMethod | null,
  mayScale: boolean,
): PlannedPicture[] {
  const frames = method === null ? pictures.map(() => null) : framesBy(method, pictures, target);
  const seen = new Set<number>();
  return pictures.map((picture, index) => {
    const frameIndex = frames[index] ?? null;
    const isOther = !isSameSize(picture.size, target.size);
    let problem: PictureProblem | null = null;
    if (frameIndex === null) {
      problem = 'noFrame';
    } else if (isOther && !mayScale) {
      problem = 'wrongSize';
    } else if (seen.has(frameIndex)) {
      problem = 'sameFrame';
    } else {
      seen.add(frameIndex);
    }
    return { picture, frameIndex, problem, isScaled: problem === null && isOther };
  });
}

function wrongSizes(pictures: readonly ImportedPicture[], size: Size): Size[] {
  const others = pictures.map((picture) => picture.size).filter((other) => !isSameSize(other, size));
  return others.filter((other, index) => others.findIndex((first) => isSameSize(first, other)) === index);
}

function gapsBetween(frames: readonly number[]): FrameSpan[] {
  const sorted = frames.toSorted((a, b) => a - b);
  return sorted.flatMap((frame, index) => {
    const previous = sorted[index - 1];
    return previous !== undefined && frame > previous + 1
      ? [{ fromFrame: previous + 1, toFrame: frame - 1 }]
      : [];
  });
}

function countMasks(
  used: readonly PlannedPicture[],
  labels: readonly PlannedLabel[],
  tracks: Tracks,
): { frames: number; masks: number; replaced: number } {
  const targets = new Map(labels.map(({ label, target }) => [label.key, target]));
  const counts = { frames: 0, masks: 0, replaced: 0 };
  for (const { picture, frameIndex } of used) {
    const objectIds = new Set(picture.masks.flatMap(({ key }) => targets.get(key)?.objectId ?? []));
    counts.frames += objectIds.size > 0 ? 1 : 0;
    counts.masks += objectIds.size;
    for (const objectId of objectIds) {
      counts.replaced += tracks.get(objectId)?.prompted.has(frameIndex!) ? 1 : 0;
    }
  }
  return counts;
}
