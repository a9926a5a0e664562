/** What happens to the pieces of a label from frame to frame: they split, merge, appear and vanish. */
import type { ObjectId } from '../base/ids';
import type { Point, Size } from '../geometry/box';
import type { FrameMeasurement, FramePieces } from './frameMeasurement';

export const pieceEventKinds = ['split', 'merge', 'appear', 'vanish'] as const;

export type PieceEventKind = (typeof pieceEventKinds)[number];

export type PieceEvent = {
  /** The frame on which it is first seen: the later one of the two that were compared. */
  readonly frameIndex: number;
  readonly objectId: ObjectId;
  readonly kind: PieceEventKind;
  /** Counted pieces that take part, before and after: 1 and 2 or more for a split, 0 and 1 for an appearance. */
  readonly piecesBefore: number;
  readonly piecesAfter: number;
  /** Pixels of all pieces that take part: those after, or of a vanished piece those before. */
  readonly areaPx: number;
  /** Their common centroid in source pixels. */
  readonly at: Point;
};

export type EventRules = {
  /**
   * Pieces count from this area on, and go on counting until they are smaller than half of it, so that specks and
   * pieces about this size make no events.
   */
  readonly minAreaPx: number;
};

/** Pieces from 0.02 % of the picture on. */
export function defaultEventRules({ width, height }: Size): EventRules {
  return { minAreaPx: Math.max(4, Math.round(width * height * 0.0002)) };
}

/** A piece goes on as another one when they share this much of the smaller one. */
const LEAST_SHARED = 0.1;

export type LinkedFrame = {
  readonly frameIndex: number;
  readonly measurement: Pick<FrameMeasurement, 'labels' | 'pieces'>;
  /** As pieceLinks gives them, from the frame before; null on the first. */
  readonly links: Float64Array | null;
};

/**
 * Events of the labels, by frame, then by label. Pieces are the same where they overlap from one frame to the next; one
 * that moves farther than its own size vanishes and appears. Where a label has no mask on one of two frames, nothing is
 * said of it there.
 */
export function pieceEvents(
  frames: readonly LinkedFrame[],
  objectIds: readonly ObjectId[],
  rules: EventRules,
): PieceEvent[] {
  const counted = new Map<ObjectId, ReadonlySet<number>>();
  return frames.flatMap((frame, index) => {
    const before = frames[index - 1];
    return objectIds.flatMap((objectId) => {
      if (!hasMask(frame, objectId)) {
        counted.delete(objectId);
        return [];
      }
      const were = counted.get(objectId);
      if (!were || !before || !frame.links) {
        counted.set(objectId, countedPieces(frame.measurement.pieces, objectId, rules, new Set()));
        return [];
      }
      const step = stepOf(before, frame, objectId, { were, rules });
      counted.set(objectId, step.are);
      return step.events;
    });
  });
}

function hasMask({ measurement }: LinkedFrame, objectId: ObjectId): boolean {
  return measurement.labels.some((label) => label.objectId === objectId);
}

/** Pieces of a label that count, when those in `continued` are what counted pieces became. */
function countedPieces(
  { objectIds, areasPx }: FramePieces,
  objectId: ObjectId,
  { minAreaPx }: EventRules,
  continued: ReadonlySet<number>,
): Set<number> {
  const found = new Set<number>();
  objectIds.forEach((id, piece) => {
    const least = continued.has(piece) ? minAreaPx / 2 : minAreaPx;
    if (id === objectId && areasPx[piece]! >= least) {
      found.add(piece);
    }
  });
  return found;
}

function stepOf(
  before: LinkedFrame,
  frame: LinkedFrame,
  objectId: ObjectId,
  { were, rules }: { readonly were: ReadonlySet<number>; readonly rules: EventRules },
): { readonly are: ReadonlySet<number>; readonly events: PieceEvent[] } {
  const pieces = frame.measurement.pieces;
  const links = strongLinks(before.measurement.pieces, pieces, frame.links!).filter(([from]) =>
    were.has(from),
  );
  const are = countedPieces(pieces, objectId, rules, new Set(links.map(([, to]) => to)));
  const kept = links.filter(([, to]) => are.has(to));
  const after = (piece: number): number[] => kept.flatMap(([from, to]) => (from === piece ? [to] : []));
  const previous = (piece: number): number[] => kept.flatMap(([from, to]) => (to === piece ? [from] : []));
  const event = (kind: PieceEventKind, from: readonly number[], to: readonly number[]): PieceEvent => ({
    frameIndex: frame.frameIndex,
    objectId,
    kind,
    piecesBefore: from.length,
    piecesAfter: to.length,
    ...(to.length > 0 ? whole(pieces, to) : whole(before.measurement.pieces, from)),
  });
  const events: PieceEvent[] = [];
  for (const piece of were) {
    const next = after(piece);
    if (next.length > 1) {
      events.push(event('split', [piece], next));
    } else if (next.length === 0) {
      events.push(event('vanish', [piece], []));
    }
  }
  for (const piece of are) {
    const origins = previous(piece);
    if (origins.length > 1) {
      events.push(event('merge', origins, [piece]));
    } else if (origins.length === 0) {
      events.push(event('appear', [], [piece]));
    }
  }
  return { are, events };
}

/** Pairs of pieces that share enough to be the same. */
function strongLinks(
  before: FramePieces,
  after: FramePieces,
  links: Float64Array,
): (readonly [number, number])[] {
  const strong: (readonly [number, number])[] = [];
  for (let at = 0; at < links.length; at += 3) {
    const [from, to, shared] = [links[at]!, links[at + 1]!, links[at + 2]!];
    if (shared >= LEAST_SHARED * Math.min(before.areasPx[from]!, after.areasPx[to]!)) {
      strong.push([from, to]);
    }
  }
  return strong;
}

/** Area and centroid of pieces together. */
function whole(pieces: FramePieces, some: readonly number[]): Pick<PieceEvent, 'areaPx' | 'at'> {
  const sum = (value: (piece: number) => number): number =>
    some.reduce((total, piece) => total + value(piece), 0);
  const areaPx = sum((piece) => pieces.areasPx[piece]!);
  return {
    areaPx,
    at: {
      x: sum((piece) => pieces.x[piece]! * pieces.areasPx[piece]!) / areaPx,
      y: sum((piece) => pieces.y[piece]! * pieces.areasPx[piece]!) / areaPx,
    },
  };
}
