/** A label's name: a button that makes the label active, or a field while it is being renamed. */
import type { Label } from '../../core/label/label';
import { useMaskflow } from '../hooks/useMaskflow';

type LabelNameProps = {
  label: Label;
  isActive: boolean;
  isRenaming: boolean;
  /** The number key that picks this label; null when it has none. */
  keyNumber: number | null;
  onRenaming: (isRenaming: boolean) => void;
};

export function LabelName({ label, isActive, isRenaming, keyNumber, onRenaming }: LabelNameProps) {
  const setActiveLabel = useMaskflow((state) => state.setActiveLabel);
  const updateLabel = useMaskflow((state) => state.updateLabel);
  function commit(text: string): void {
    const name = text.trim();
    if (name && name !== label.name) {
      updateLabel(label.objectId, { name });
    }
    onRenaming(false);
  }
  if (!isRenaming) {
    return (
      <button
        type="button"
        className="label-name"
        aria-pressed={isActive}
        title={`${label.name} — double click to rename${keyNumber === null ? '' : `, key ${keyNumber} to pick`}`}
        onClick={() => setActiveLabel(label.objectId)}
        onDoubleClick={() => onRenaming(true)}
        onKeyDown={(event) => {
          if (event.key === 'F2') {
            onRenaming(true);
          }
        }}
      >
        {label.name}
      </button>
    );
  }
  return (
    <input
      className="field label-name-field"
      aria-label={`New name of ${label.name}`}
      defaultValue={label.name}
      ref={(input) => input?.select()}
      onBlur={(event) => commit(event.currentTarget.value)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter') {
          commit(event.currentTarget.value);
        } else if (event.key === 'Escape') {
          onRenaming(false);
        }
      }}
    />
  );
}
