/** The sizes that one-click edits use, as the user last set them; for this page, not part of the project. */
import { useState } from 'react';

export type EditSizes = {
  readonly holePx: number;
  readonly speckPx: number;
  readonly growPx: number;
  readonly smoothPx: number;
  readonly copyFrames: number;
};

let kept: EditSizes = { holePx: 1000, speckPx: 50, growPx: 2, smoothPx: 2, copyFrames: 10 };

/** Outlives the panel, which is gone while the inspector is closed. */
export function useEditSizes(): readonly [EditSizes, (change: Partial<EditSizes>) => void] {
  const [sizes, setSizes] = useState(kept);
  function change(next: Partial<EditSizes>): void {
    kept = { ...kept, ...next };
    setSizes(kept);
  }
  return [sizes, change];
}
