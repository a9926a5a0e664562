/** What the user asked to have exported. */
import type { ObjectId } from '../base/ids';
import type { FormatChoice } from './exportFormats';

export type ExportTarget = 'zip' | 'folder';

export type ExportOrder = {
  readonly target: ExportTarget;
  /** At least one, no format twice. */
  readonly formats: readonly FormatChoice[];
  /** Labels that are left out become background. Competitors and locked regions are never written. */
  readonly objectIds: readonly ObjectId[];
  /** Both included. */
  readonly fromFrame: number;
  readonly toFrame: number;
};
