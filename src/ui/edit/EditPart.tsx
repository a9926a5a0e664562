/** Edits of the active label's mask by one click, and what the last one did. */
import { useState } from 'react';
import {
  clearMask,
  markAbsent,
  operateOnMask,
  type EditOutcome,
  type MaskOperation,
} from '../../app/editMasks';
import { isRegionRole, type Label } from '../../core/label/label';
import { labelMaskAt } from '../../core/track/regions';
import type { EditNote } from '../../state/slices/editState';
import { useCalm } from '../hooks/useCalm';
import { useApp, useMaskflow } from '../hooks/useMaskflow';
import { Button } from '../shell/Button';
import { editText } from '../text/editText';
import { CopyRows } from './CopyRows';
import { useEditSizes } from './editSizes';
import { outcomeText } from './outcomeText';
import { PixelField } from './PixelField';

/** What is told holds until masks are changed by hand again, undo included. */
type Told = { readonly text: string; readonly lastEdit: EditNote | null };

type EditPartProps = { readonly label: Label };

export function EditPart({ label }: EditPartProps) {
  const { store } = useApp();
  const [sizes, setSizes] = useEditSizes();
  const [told, setTold] = useState<Told | null>(null);
  const lastEdit = useMaskflow((state) => state.lastEdit);
  const mask = useCalm((state) => labelMaskAt(state.tracks, label, state.currentFrame));
  const blocker = mask === null || mask.areaPx === 0 ? editText.noMask : null;
  const { objectId } = label;
  const say = (text: string): void => setTold({ text, lastEdit: store.getState().lastEdit });
  const tell = (outcome: EditOutcome): void => say(outcomeText(outcome));
  const doIt = (operation: MaskOperation) => (): void => tell(operateOnMask(store, objectId, operation));
  return (
    <div className="edit-part">
      <div className="edit-row">
        <Button
          tip={editText.fillHoles}
          disabledReason={blocker}
          onClick={doIt({ kind: 'fillHoles', maxPx: sizes.holePx })}
        >
          Fill holes
        </Button>
        <span className="muted">up to</span>
        <PixelField
          label="Largest hole to fill"
          value={sizes.holePx}
          min={1}
          max={9_999_999}
          onChange={(holePx) => setSizes({ holePx })}
        />
      </div>
      <div className="edit-row">
        <Button
          tip={editText.removeSpecks}
          disabledReason={blocker}
          onClick={doIt({ kind: 'removeSpecks', minPx: sizes.speckPx })}
        >
          Remove specks
        </Button>
        <span className="muted">under</span>
        <PixelField
          label="Smallest piece to keep"
          value={sizes.speckPx}
          min={1}
          max={9_999_999}
          onChange={(speckPx) => setSizes({ speckPx })}
        />
      </div>
      <div className="edit-row">
        <Button
          tip={editText.growShrink}
          disabledReason={blocker}
          onClick={doIt({ kind: 'grow', px: sizes.growPx })}
        >
          Grow
        </Button>
        <Button
          tip={editText.growShrink}
          disabledReason={blocker}
          onClick={doIt({ kind: 'shrink', px: sizes.growPx })}
        >
          Shrink
        </Button>
        <span className="muted">by</span>
        <PixelField
          label="How far to grow or shrink"
          value={sizes.growPx}
          min={1}
          max={100}
          onChange={(growPx) => setSizes({ growPx })}
        />
      </div>
      <div className="edit-row">
        <Button
          tip={editText.smooth}
          disabledReason={blocker}
          onClick={doIt({ kind: 'smooth', px: sizes.smoothPx })}
        >
          Smooth
        </Button>
        <span className="muted">by</span>
        <PixelField
          label="How far to smooth"
          value={sizes.smoothPx}
          min={1}
          max={50}
          onChange={(smoothPx) => setSizes({ smoothPx })}
        />
        <Button tip={editText.keepLargest} disabledReason={blocker} onClick={doIt({ kind: 'keepLargest' })}>
          Keep largest
        </Button>
      </div>
      {isRegionRole(label.role) ? null : (
        <CopyRows
          label={label}
          blocker={blocker}
          frames={sizes.copyFrames}
          onFrames={(copyFrames) => setSizes({ copyFrames })}
          onOutcome={tell}
          onStart={() => say(editText.working)}
        />
      )}
      <EndRow label={label} onOutcome={tell} />
      <output className="edit-told muted">{told?.lastEdit === lastEdit ? told.text : ''}</output>
    </div>
  );
}

type EndRowProps = { readonly label: Label; readonly onOutcome: (outcome: EditOutcome) => void };

/** What takes the whole mask away: by saying that nothing is there, or by saying nothing. */
function EndRow({ label, onOutcome }: EndRowProps) {
  const { store } = useApp();
  const { objectId } = label;
  const annotated = useCalm((state) => state.tracks.get(objectId)?.prompted.get(state.currentFrame) ?? null);
  const isAbsent = annotated?.edit !== undefined && annotated.areaPx === 0;
  return (
    <div className="edit-row">
      <Button
        tip={editText.notHere}
        disabledReason={isAbsent ? editText.isAbsent : null}
        onClick={() => onOutcome(markAbsent(store, objectId))}
      >
        Not on this frame
      </Button>
      <Button
        tip={editText.clear}
        disabledReason={annotated ? null : editText.nothingToClear}
        onClick={() => onOutcome(clearMask(store, objectId))}
      >
        Clear mask
      </Button>
    </div>
  );
}
