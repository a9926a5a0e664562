/** The inspector's section for changing masks: edits by one click, and clean-up rules. */
import './edit.css';
import { isRegionRole } from '../../core/label/label';
import { useMaskflow } from '../hooks/useMaskflow';
import { InspectorSection } from '../inspector/InspectorSection';
import { editText } from '../text/editText';
import { CleanupPart } from './CleanupPart';
import { EditPart } from './EditPart';

export function EditSection() {
  const active = useMaskflow((state) =>
    state.labels.find((label) => label.objectId === state.activeObjectId),
  );
  return (
    <InspectorSection
      id="edit"
      title={active ? `${editText.title} of ${active.name}` : editText.title}
      tip={editText.about}
    >
      {active ? (
        <>
          <EditPart label={active} />
          {isRegionRole(active.role) ? null : <CleanupPart label={active} />}
        </>
      ) : (
        <p className="muted">{editText.noLabel}</p>
      )}
    </InspectorSection>
  );
}
