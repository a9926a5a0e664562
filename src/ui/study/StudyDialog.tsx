/** The study of methods: what runs, and what came of it. */
import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { useMaskflow } from '../hooks/useMaskflow';
import { studyText } from '../text/studyText';
import './study.css';
import { StudyResults } from './StudyResults';
import { StudySetup } from './StudySetup';

export function StudyDialog() {
  const setStudyData = useMaskflow((state) => state.setStudyData);
  const hasResults = useMaskflow((state) => (state.studyResult?.methods.length ?? 0) > 0);
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && setStudyData({ openTool: null })}>
      <Dialog.Portal>
        <Dialog.Backdrop className="sheet-backdrop" />
        <Dialog.Popup className="sheet study">
          <header className="sheet-header">
            <Dialog.Title className="sheet-title">{studyText.title}</Dialog.Title>
            <Dialog.Description className="sheet-hint muted">{studyText.intro}</Dialog.Description>
            <Dialog.Close className="icon-button" aria-label={studyText.close}>
              <X />
            </Dialog.Close>
          </header>
          <div className={`study-body ${hasResults ? 'has-results' : ''}`}>
            <StudySetup />
            {hasResults ? <StudyResults /> : null}
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
