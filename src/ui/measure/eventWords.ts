/** What happened to a label's pieces, in words. */
import { assertNever } from '../../core/base/assert';
import type { MeasuredLabel } from '../../core/measure/measurementTable';
import type { PieceEvent } from '../../core/measure/pieceEvents';

/** Such as `upper dye splits into 2 pieces`. */
export function eventWords(event: PieceEvent, labels: readonly MeasuredLabel[]): string {
  const name = labels.find(({ objectId }) => objectId === event.objectId)?.name ?? 'A label';
  switch (event.kind) {
    case 'split':
      return `${name}: a piece splits into ${event.piecesAfter}`;
    case 'merge':
      return `${name}: ${event.piecesBefore} pieces merge`;
    case 'appear':
      return `${name}: a piece appears`;
    case 'vanish':
      return `${name}: a piece vanishes`;
    default:
      return assertNever(event.kind);
  }
}
