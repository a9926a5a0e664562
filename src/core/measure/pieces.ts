/** The connected pieces of each label of a partition, and which pieces of the next frame lie over them. */
import { BACKGROUND, excludedOwner, forEachRun, type Partition } from './partition';
import { rootOf } from '../mask/rootOf';

/** Arrays have one value for each piece; pieces are numbered in column order. */
export type Pieces = {
  /** Label of the piece, 1 to labelCount. */
  readonly owners: Uint8Array;
  readonly areasPx: Float64Array;
  /** Centroids in source pixels. */
  readonly x: Float64Array;
  readonly y: Float64Array;
};

export type PieceMap = {
  readonly pieces: Pieces;
  /** The piece of each run of the partition; -1 for background and "not measured". */
  readonly pieceOfRun: Int32Array;
  /** For each owner up to the last label. */
  readonly pieceCounts: Int32Array;
  readonly holeCounts: Int32Array;
};

/**
 * Pixels that meet at a corner are connected (8-connectivity). Holes follow from Euler's formula: runs are the nodes of
 * a graph and their contacts with runs of the next column its edges, no three of which close up a face, so nodes less
 * edges is pieces less holes.
 */
export function piecesOf(partition: Partition): PieceMap {
  const { owners, labelCount } = partition;
  const parent = Int32Array.from(owners, (_, run) => run);
  const euler = new Int32Array(labelCount + 1);
  forEachRun(partition, (_x, _y0, _y1, owner) => {
    euler[owner]! += 1;
  });
  const join = (left: number, right: number): void => {
    const owner = owners[left]!;
    if (owner === owners[right] && owner !== BACKGROUND && owner <= labelCount) {
      euler[owner]! -= 1;
      parent[rootOf(parent, right)] = rootOf(parent, left);
    }
  };
  for (let column = 1; column < partition.width; column += 1) {
    forEachTouch(partition, column, join);
  }
  const { pieces, pieceOfRun } = numberPieces(partition, parent);
  const pieceCounts = new Int32Array(labelCount + 1);
  pieces.owners.forEach((owner) => {
    pieceCounts[owner]! += 1;
  });
  return {
    pieces,
    pieceOfRun,
    pieceCounts,
    holeCounts: pieceCounts.map((count, owner) => count - euler[owner]!),
  };
}

/** Calls `touch` for each run of a column with each of the next one that shares an edge or a corner with it. */
function forEachTouch(
  { columnStarts, ends }: Partition,
  column: number,
  touch: (left: number, right: number) => void,
): void {
  let left = columnStarts[column]!;
  let right = columnStarts[column + 1]!;
  const leftEnd = right;
  const rightEnd = columnStarts[column + 2]!;
  while (left < leftEnd && right < rightEnd) {
    touch(left, right);
    const yLeft = ends[left]!;
    const yRight = ends[right]!;
    if (yLeft === yRight && left + 1 < leftEnd && right + 1 < rightEnd) {
      touch(left + 1, right);
      touch(left, right + 1);
    }
    left += yLeft <= yRight ? 1 : 0;
    right += yRight <= yLeft ? 1 : 0;
  }
}

function numberPieces(partition: Partition, parent: Int32Array): Pick<PieceMap, 'pieces' | 'pieceOfRun'> {
  const pieceOfRun = new Int32Array(parent.length).fill(-1);
  const numberOfRoot = new Int32Array(parent.length).fill(-1);
  const owners: number[] = [];
  const areas: number[] = [];
  const sumX: number[] = [];
  const sumY: number[] = [];
  forEachRun(partition, (x, y0, y1, owner, run) => {
    if (owner === BACKGROUND) {
      return;
    }
    const root = rootOf(parent, run);
    if (numberOfRoot[root]! < 0) {
      numberOfRoot[root] = owners.length;
      owners.push(owner);
      areas.push(0);
      sumX.push(0);
      sumY.push(0);
    }
    const piece = numberOfRoot[root]!;
    pieceOfRun[run] = piece;
    areas[piece]! += y1 - y0;
    sumX[piece]! += (y1 - y0) * (x + 0.5);
    sumY[piece]! += ((y1 - y0) * (y0 + y1)) / 2;
  });
  return {
    pieceOfRun,
    pieces: {
      owners: Uint8Array.from(owners),
      areasPx: Float64Array.from(areas),
      x: Float64Array.from(sumX, (sum, piece) => sum / areas[piece]!),
      y: Float64Array.from(sumY, (sum, piece) => sum / areas[piece]!),
    },
  };
}

/** A partition with its pieces. */
export type PiecedPicture = { readonly partition: Partition; readonly pieceMap: PieceMap };

/**
 * The pixels that pieces of one frame share with pieces of the same label on the next: triples (piece before, piece
 * after, pixels). `ownerAfter[label before]` is the label's number on the next frame, 0 where it has none there.
 */
export function pieceLinks(
  before: PiecedPicture,
  after: PiecedPicture,
  ownerAfter: ArrayLike<number>,
): Float64Array {
  const [a, b] = [before.partition, after.partition];
  const excluded = excludedOwner(a);
  const shared = new Map<number, number>();
  const stride = after.pieceMap.pieces.owners.length;
  for (let column = 1; column <= Math.min(a.width, b.width); column += 1) {
    let left = a.columnStarts[column]!;
    let right = b.columnStarts[column]!;
    let y = -1;
    while (left < a.columnStarts[column + 1]! && right < b.columnStarts[column + 1]!) {
      const until = Math.min(a.ends[left]!, b.ends[right]!);
      const owner = a.owners[left]!;
      // A label that is not there on the next frame goes on nowhere, not in its background.
      const next = ownerAfter[owner] ?? BACKGROUND;
      if (owner !== BACKGROUND && owner !== excluded && next !== BACKGROUND && b.owners[right] === next) {
        const key = before.pieceMap.pieceOfRun[left]! * stride + after.pieceMap.pieceOfRun[right]!;
        shared.set(key, (shared.get(key) ?? 0) + until - y);
      }
      y = until;
      left += a.ends[left] === until ? 1 : 0;
      right += b.ends[right] === until ? 1 : 0;
    }
  }
  const links = new Float64Array(shared.size * 3);
  let at = 0;
  for (const [key, pixels] of shared) {
    links.set([Math.floor(key / stride), key % stride, pixels], at);
    at += 3;
  }
  return links;
}
