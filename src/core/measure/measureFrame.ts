/** Measures the masks of one frame. */
import { intersectRle, minusRle } from '../compare/maskDifference';
import { rleArea, rleBox } from '../mask/rle';
import { contactLength, outlineLength, outlineLengths, type OutlineLengths } from './outline';
import { labelDistance, labelRuns } from './distance';
import { flowProfiles, mixingWidths, spread } from './flowProfile';
import type {
  FrameMeasurement,
  FrameToMeasure,
  LabelValues,
  MaskToMeasure,
  PairValues,
} from './frameMeasurement';
import { meanColours } from './meanColour';
import { excludedOwner, ownerMap, partitionOf, type Partition } from './partition';
import { piecesOf, type PiecedPicture } from './pieces';
import type { MeasureGroup } from './quantities';
import { regionStats, rowCounts, type RegionStats } from './regionStats';
import { softBounds, type SoftBounds, type SoftLabel } from './softBounds';

/** The frame's decoded picture, row-major RGBA, of the frame's size. */
export type RgbaPicture = { readonly data: Uint8ClampedArray };

export type MeasuredFrame = {
  readonly measurement: FrameMeasurement;
  /** What the next frame's pieces are compared with. */
  readonly pieced: PiecedPicture;
};

/** The partition of a frame: label i + 1 is the i-th mask. */
export function partitionOfFrame(frame: FrameToMeasure): Partition {
  return partitionOf(
    frame,
    frame.masks.map(({ rle }) => rle),
    frame.excluded,
  );
}

/** Everything of the wanted groups; `picture` is needed for colour alone. */
export function measureFrame(
  frame: FrameToMeasure,
  groups: ReadonlySet<MeasureGroup>,
  picture: RgbaPicture | null,
): MeasuredFrame {
  const partition = partitionOfFrame(frame);
  const pieceMap = piecesOf(partition);
  const stats = regionStats(partition);
  const hasOutlines = groups.has('shape') || groups.has('pairs');
  const softLabels = groups.has('bounds') ? softLabelsOf(frame, stats) : [];
  const isColoured = groups.has('colour') && picture !== null;
  const owners = hasOutlines || softLabels.length > 0 || isColoured ? ownerMap(partition) : null;
  const contacts = owners && hasOutlines ? outlineLengths(partition, owners) : null;
  const values = frame.masks.map((_, index): LabelValues => {
    const owner = index + 1;
    return {
      ...undefinedValues,
      area: stats.areas[owner]!,
      perimeter: contacts ? outlineLength(contacts, owner) : Number.NaN,
      freePerimeter: contacts ? outlineLength(contacts, owner, excludedOwner(partition)) : Number.NaN,
      centroidX: stats.centroidsX[owner]!,
      centroidY: stats.centroidsY[owner]!,
      boxX0: stats.x0[owner]!,
      boxY0: stats.y0[owner]!,
      boxX1: stats.x1[owner]!,
      boxY1: stats.y1[owner]!,
      varXX: stats.varXX[owner]!,
      varXY: stats.varXY[owner]!,
      varYY: stats.varYY[owner]!,
      pieces: pieceMap.pieceCounts[owner]!,
      holes: pieceMap.holeCounts[owner]!,
    };
  });
  if (groups.has('flow')) {
    addFlow(values, frame, partition);
  }
  if (owners && isColoured) {
    const colours = meanColours(owners, picture.data, partition.labelCount + 1);
    values.forEach((value, index) => Object.assign(value, colours[index + 1]));
  }
  const bounds =
    owners && softLabels.length > 0
      ? softBounds(owners, frame, softLabels, { withPairs: groups.has('pairs') })
      : null;
  if (bounds) {
    softLabels.forEach(({ owner }, place) => {
      values[owner - 1]!.areaLower = bounds.lowerPx[place]!;
      values[owner - 1]!.areaUpper = bounds.upperPx[place]!;
    });
  }
  const { owners: pieceOwners, areasPx, x, y } = pieceMap.pieces;
  return {
    pieced: { partition, pieceMap },
    measurement: {
      groups,
      measuredAreaPx: stats.measuredAreaPx,
      labels: frame.masks.map(({ objectId }, index) => ({ objectId, values: values[index]! })),
      pairs:
        groups.has('pairs') && contacts ? pairsOf(frame, partition, { contacts, softLabels, bounds }) : [],
      pieces: {
        areasPx,
        x,
        y,
        objectIds: Int32Array.from(pieceOwners, (owner) => frame.masks[owner - 1]!.objectId),
      },
    },
  };
}

const undefinedValues: LabelValues = {
  area: Number.NaN,
  areaLower: Number.NaN,
  areaUpper: Number.NaN,
  perimeter: Number.NaN,
  freePerimeter: Number.NaN,
  centroidX: Number.NaN,
  centroidY: Number.NaN,
  boxX0: Number.NaN,
  boxY0: Number.NaN,
  boxX1: Number.NaN,
  boxY1: Number.NaN,
  varXX: Number.NaN,
  varXY: Number.NaN,
  varYY: Number.NaN,
  pieces: Number.NaN,
  holes: Number.NaN,
  red: Number.NaN,
  green: Number.NaN,
  blue: Number.NaN,
  luminance: Number.NaN,
  upperEdgeMean: Number.NaN,
  upperEdgeMin: Number.NaN,
  upperEdgeMax: Number.NaN,
  lowerEdgeMean: Number.NaN,
  lowerEdgeMin: Number.NaN,
  lowerEdgeMax: Number.NaN,
  columnFractionMean: Number.NaN,
  mixingWidth: Number.NaN,
  mixingWidth99: Number.NaN,
};

function addFlow(values: LabelValues[], { masks }: FrameToMeasure, partition: Partition): void {
  const rows = rowCounts(partition);
  const profiles = flowProfiles(
    partition,
    masks.map(({ objectId }) => objectId),
  );
  values.forEach((value, index) => {
    const profile = profiles[index]!;
    const upper = spread(profile.upperEdge);
    const lower = spread(profile.lowerEdge);
    const mixing = mixingWidths(rows, index + 1);
    Object.assign(value, {
      upperEdgeMean: upper.mean,
      upperEdgeMin: upper.min,
      upperEdgeMax: upper.max,
      lowerEdgeMean: lower.mean,
      lowerEdgeMin: lower.min,
      lowerEdgeMax: lower.max,
      columnFractionMean: spread(profile.fraction).mean,
      mixingWidth: mixing.integral,
      mixingWidth99: mixing.between99,
    } satisfies Partial<LabelValues>);
  });
}

/** Labels with probabilities, each barred from what is not measured and from masks of higher layers. */
function softLabelsOf({ masks }: FrameToMeasure, { areas }: RegionStats): SoftLabel[] {
  return masks.flatMap(({ soft, layer }, index) => {
    if (!soft) {
      return [];
    }
    const higher = masks.flatMap((other, place) => (other.layer > layer ? [place + 1] : []));
    return [
      { owner: index + 1, areaPx: areas[index + 1]!, soft, barred: new Set([...higher, masks.length + 1]) },
    ];
  });
}

type PairSources = {
  readonly contacts: OutlineLengths;
  readonly softLabels: readonly SoftLabel[];
  readonly bounds: SoftBounds | null;
};

function pairsOf(
  frame: FrameToMeasure,
  partition: Partition,
  { contacts, softLabels, bounds }: PairSources,
): FrameMeasurement['pairs'] {
  const runs = labelRuns(partition);
  const overlap = overlapCounter(frame);
  return frame.masks.flatMap((mask, i) =>
    frame.masks.slice(i + 1).map((other, offset) => {
      const j = i + 1 + offset;
      const shared = contactLength(contacts, i + 1, j + 1);
      const a = softLabels.findIndex(({ owner }) => owner === i + 1);
      const b = softLabels.findIndex(({ owner }) => owner === j + 1);
      const both = bounds !== null && a >= 0 && b >= 0;
      const overlapArea = overlap(mask, other);
      const values: PairValues = {
        contactLength: shared,
        overlapArea,
        overlapLower: both ? Math.min(bounds.bothLowerPx[a]![b]!, overlapArea) : Number.NaN,
        overlapUpper: both ? Math.max(bounds.bothUpperPx[a]![b]!, overlapArea) : Number.NaN,
        distance: shared > 0 ? 0 : labelDistance(runs[i]!, runs[j]!),
      };
      return { objectId: mask.objectId, otherId: other.objectId, values };
    }),
  );
}

/** Common pixels of two masks as they are kept, before one covers the other, without those that are not measured. */
function overlapCounter({ masks, excluded }: FrameToMeasure): (a: MaskToMeasure, b: MaskToMeasure) => number {
  const boxes = new Map(masks.map((mask) => [mask, rleBox(mask.rle)]));
  return (a, b) => {
    const [boxA, boxB] = [boxes.get(a), boxes.get(b)];
    const isApart =
      !boxA || !boxB || boxA[0] >= boxB[2] || boxB[0] >= boxA[2] || boxA[1] >= boxB[3] || boxB[1] >= boxA[3];
    if (isApart) {
      return 0;
    }
    const common = intersectRle(a.rle, b.rle);
    return rleArea(excluded ? minusRle(common, excluded) : common);
  };
}
