/** What was measured over a range of frames: one column of values for each quantity and label (or pair of labels). */
import type { ObjectId } from '../base/ids';
import type { Label } from '../label/label';
import { maskAt, type Tracks } from '../track/maskTrack';
import type { PieceEvent } from './pieceEvents';
import type { QuantityId } from './quantities';

export type MeasuredLabel = {
  readonly objectId: ObjectId;
  readonly name: string;
  /** CSS hex colour, `#rrggbb`. */
  readonly colour: string;
};

/** Where the mask of a label on a frame comes from; null where it has none. */
export type MaskStatus = 'annotated' | 'propagated' | null;

/** One label's masks over the frames of the table. */
export type LabelStatus = {
  readonly objectId: ObjectId;
  readonly status: readonly MaskStatus[];
  /** 0..1 as engines judged their masks; NaN where none did. */
  readonly confidence: Float64Array;
};

/** All arrays have one value for each frame of the table; NaN stands for "not defined". */
export type MeasuredColumn = {
  readonly quantity: QuantityId;
  readonly objectId: ObjectId;
  /** The other label of a pair; null for quantities of one label. */
  readonly otherId: ObjectId | null;
  /** The unit of the values as it is shown: `mm²`; empty for plain numbers. */
  readonly unit: string;
  readonly values: Float64Array;
  /** From the probabilities 0.7 and 0.3; NaN where the mask has no probabilities. Left out where a quantity has none. */
  readonly lower?: Float64Array;
  readonly upper?: Float64Array;
};

export type MeasurementTable = {
  /** Ascending frame indices. */
  readonly frames: Int32Array;
  /** Seconds from the footage's first frame, by the calibration. */
  readonly timesSec: Float64Array;
  /** Objects (and competitors where asked for), in list order. */
  readonly labels: readonly MeasuredLabel[];
  readonly statuses: readonly LabelStatus[];
  /** By quantity in the order of quantityIds, then by label in list order. */
  readonly columns: readonly MeasuredColumn[];
};

/** A table with what happened to the labels' pieces on its frames. */
export type Measurements = {
  readonly table: MeasurementTable;
  readonly events: readonly PieceEvent[];
};

/** The column of a quantity for a label or a pair (in either order); null when it was not measured. */
export function columnOf(
  table: MeasurementTable,
  quantity: QuantityId,
  objectId: ObjectId,
  otherId: ObjectId | null = null,
): MeasuredColumn | null {
  return (
    table.columns.find(
      (column) =>
        column.quantity === quantity &&
        ((column.objectId === objectId && column.otherId === otherId) ||
          (otherId !== null && column.objectId === otherId && column.otherId === objectId)),
    ) ?? null
  );
}

/** The labels that get columns: objects, and competitors where they are asked for. */
export function columnLabels(labels: readonly Label[], withCompetitors: boolean): MeasuredLabel[] {
  return labels
    .filter(({ role }) => role === 'object' || (withCompetitors && role === 'competitor'))
    .map(({ objectId, name, colour }) => ({ objectId, name, colour }));
}

/** Where the masks of labels on some frames come from. */
export function labelStatuses(
  tracks: Tracks,
  objectIds: readonly ObjectId[],
  frames: readonly number[],
): LabelStatus[] {
  return objectIds.map((objectId) => {
    const found = frames.map((frame) => maskAt(tracks.get(objectId), frame));
    return {
      objectId,
      status: found.map((at) => at && (at.source === 'prompted' ? 'annotated' : 'propagated')),
      confidence: Float64Array.from(found, (at) => at?.mask.confidence ?? Number.NaN),
    };
  });
}
