/** What happens to the pieces of a label from frame to frame: they split, merge, appear and vanish. */
import type { ObjectId } from '../base/ids';
import type { Point } from '../geometry/box';

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
