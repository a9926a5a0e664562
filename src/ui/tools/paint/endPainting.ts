/** Commits what was painted, and says why nothing changed when nothing did. */
import { maskAt } from '../../../core/track/maskTrack';
import { regionMaskAt } from '../../../core/track/regions';
import { isRegionRole } from '../../../core/label/label';
import type { MaskflowState } from '../../../state/maskflowState';
import type { MaskflowStore } from '../../../state/store';
import type { Painting } from '../../canvas/paint/painting';
import type { PaintPlan } from '../../canvas/paint/paintPlan';
import { paintText } from '../../text/paintText';

export function endPainting(store: MaskflowStore, painting: Painting): void {
  const note = painting.commit() ? null : unchangedNote(store.getState(), painting.plan);
  if (store.getState().paintNote !== note) {
    store.getState().setPaintNote(note);
  }
}

function unchangedNote({ labels, tracks }: MaskflowState, plan: PaintPlan): string {
  const label = labels.find(({ objectId }) => objectId === plan.objectId);
  const track = tracks.get(plan.objectId);
  const mask =
    label && isRegionRole(label.role)
      ? regionMaskAt(track, plan.frameIndex)
      : maskAt(track, plan.frameIndex)?.mask;
  const text = plan.isForAll
    ? paintText.nothingErasedOfAll
    : plan.action === 'remove' && !mask?.box
      ? paintText.noMaskToErase
      : plan.action === 'remove'
        ? paintText.nothingErased
        : paintText.nothingPainted;
  return text.replace('{label}', () => label?.name ?? '');
}
