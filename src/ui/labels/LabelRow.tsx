/** One label: its colour, number, name, estimate, visibility, and its menu. */
import { Eye, EyeOff } from 'lucide-react';
import { useState } from 'react';
import { exportNumber, type Label } from '../../core/label/label';
import { maskAt } from '../../core/track/maskTrack';
import { useMaskflow } from '../hooks/useMaskflow';
import { IconButton } from '../shell/IconButton';
import { InfoTip } from '../shell/InfoTip';
import { labelText } from '../text';
import { LabelColour } from './LabelColour';
import { LabelMenu } from './LabelMenu';
import { LabelName } from './LabelName';
import { predictedIouText } from './predictedIouText';

type LabelRowProps = { label: Label; index: number };

export function LabelRow({ label, index }: LabelRowProps) {
  const { objectId } = label;
  const isActive = useMaskflow((state) => state.activeObjectId === objectId);
  const number = useMaskflow((state) => exportNumber(state.labels, objectId));
  const predictedIou = useMaskflow(
    (state) => maskAt(state.tracks.get(objectId), state.currentFrame)?.mask.predictedIou ?? null,
  );
  const updateLabel = useMaskflow((state) => state.updateLabel);
  const [isRenaming, setRenaming] = useState(false);
  return (
    <li className={`label-row ${isActive ? 'is-active' : ''}`} aria-current={isActive ? 'true' : undefined}>
      <LabelColour label={label} />
      <span
        className="label-number"
        title={number === null ? labelText.competes : 'Number in the exported masks'}
      >
        {number ?? '–'}
      </span>
      <LabelName
        label={label}
        isActive={isActive}
        isRenaming={isRenaming}
        keyNumber={index < 9 ? index + 1 : null}
        onRenaming={setRenaming}
      />
      <IconButton
        label={`${label.isVisible ? 'Hide' : 'Show'} ${label.name}`}
        aria-pressed={!label.isVisible}
        onClick={() => updateLabel(objectId, { isVisible: !label.isVisible })}
      >
        {label.isVisible ? <Eye /> : <EyeOff />}
      </IconButton>
      <span className="label-extra">
        {label.role === 'competitor' ? (
          <InfoTip className="tag" tip={labelText.competes}>
            competes
          </InfoTip>
        ) : null}
        {predictedIou === null ? null : (
          <InfoTip className="muted" tip={labelText.predictedIou}>
            IoU {predictedIouText(predictedIou)}
          </InfoTip>
        )}
      </span>
      <LabelMenu label={label} index={index} onRename={() => setRenaming(true)} />
    </li>
  );
}
