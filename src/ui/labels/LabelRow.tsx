/** One label on one line: its colour, number, name, estimate, visibility, and its menu. */
import { Eye, EyeOff } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { exportNumber, type Label } from '../../core/label/label';
import { maskAt } from '../../core/track/maskTrack';
import { useCalm } from '../hooks/useCalm';
import { useMaskflow } from '../hooks/useMaskflow';
import { IconButton } from '../shell/IconButton';
import { InfoTip } from '../shell/InfoTip';
import { labelText } from '../text';
import { regionText } from '../text/editText';
import { LabelColour } from './LabelColour';
import { LabelMenu } from './LabelMenu';
import { LabelName } from './LabelName';
import { maskEstimate } from './maskEstimate';

/** What the number stands for, or why there is none. */
function numberTip({ role }: Label, number: number | null): string {
  if (role === 'void' || role === 'locked') {
    return regionText[role];
  }
  return number === null ? labelText.competes : 'Number in the exported masks';
}

type LabelRowProps = { label: Label; index: number };

export function LabelRow({ label, index }: LabelRowProps) {
  const { objectId } = label;
  const isActive = useMaskflow((state) => state.activeObjectId === objectId);
  const number = useMaskflow((state) => exportNumber(state.labels, objectId));
  const mask = useCalm((state) => maskAt(state.tracks.get(objectId), state.currentFrame)?.mask ?? null);
  const estimate = maskEstimate(mask);
  const updateLabel = useMaskflow((state) => state.updateLabel);
  const [isRenaming, setRenaming] = useState(false);
  const rowRef = useRef<HTMLLIElement>(null);
  // A label just added, or picked by its key, may lie below the part of the list in view.
  useEffect(() => {
    if (isActive) {
      rowRef.current?.scrollIntoView({ block: 'nearest' });
    }
  }, [isActive]);
  return (
    <li
      ref={rowRef}
      className={`label-row ${isActive ? 'is-active' : ''}`}
      aria-current={isActive ? 'true' : undefined}
    >
      <LabelColour label={label} />
      <span className="label-number" title={numberTip(label, number)}>
        {number ?? '–'}
      </span>
      <LabelName
        label={label}
        isActive={isActive}
        isRenaming={isRenaming}
        keyNumber={index < 9 ? index + 1 : null}
        onRenaming={setRenaming}
      />
      {estimate === null ? (
        <span />
      ) : (
        <InfoTip
          className={`label-estimate ${estimate.isDoubtful ? 'is-doubtful' : 'muted'}`}
          tip={labelText[estimate.kind]}
        >
          <span className="label-estimate-word">{estimate.kind === 'confidence' ? 'conf. ' : 'IoU '}</span>
          {estimate.text}
        </InfoTip>
      )}
      <IconButton
        label={`${label.isVisible ? 'Hide' : 'Show'} ${label.name}`}
        aria-pressed={!label.isVisible}
        onClick={() => updateLabel(objectId, { isVisible: !label.isVisible })}
      >
        {label.isVisible ? <Eye /> : <EyeOff />}
      </IconButton>
      <LabelMenu label={label} index={index} onRename={() => setRenaming(true)} />
    </li>
  );
}
