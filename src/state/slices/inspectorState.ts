/** Which part of the inspector is on show. */

export const inspectorTabs = ['masks', 'measure', 'compare'] as const;

export type InspectorTab = (typeof inspectorTabs)[number];

export type InspectorSlice = {
  /** What the canvas shows depends on it, too: calibration and comparisons are drawn while their tab is open. */
  inspectorTab: InspectorTab;
  setInspectorTab(tab: InspectorTab): void;
};
