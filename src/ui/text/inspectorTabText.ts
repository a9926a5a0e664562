/** The words of the inspector's tabs. */
import type { InspectorTab } from '../../state/slices/inspectorState';

export const inspectorTabText = {
  tabs: 'Parts of the inspector',
  names: { masks: 'Masks', measure: 'Measure', compare: 'Compare' } satisfies Record<InspectorTab, string>,
  tips: {
    masks: 'This frame, its prompts and masks, review, versions and view',
    measure: 'Calibration, quantities and their values over time',
    compare: 'Two sets of masks, pixel by pixel',
  } satisfies Record<InspectorTab, string>,
  loading: 'Loading…',
  needsFootage: 'Open footage first.',
} as const;
