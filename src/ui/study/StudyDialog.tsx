/** The study of methods: what runs, and what came of it. */
import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { useRef } from 'react';
import { useMaskflow } from '../hooks/useMaskflow';
import { studyText } from '../text/studyText';
import './study.css';
import { StudyResults } from './StudyResults';
import { StudySetup } from './StudySetup';

export function StudyDialog() {
  const setStudyData = useMaskflow((state) => state.setStudyData);
  const hasResults = useMaskflow((state) => (state.studyResult?.methods.length ?? 0) > 0);
  const isComparing = useRef(false);
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && setStudyData({ openTool: null })}>
      <Dialog.Portal>
        <Dialog.Backdrop className="sheet-backdrop" />
        <Dialog.Popup
          className="sheet study"
          finalFocus={() => (isComparing.current ? topOfCompareTab() : true)}
        >
          <header className="sheet-header">
            <Dialog.Title className="sheet-title">{studyText.title}</Dialog.Title>
            <Dialog.Description className="sheet-hint muted">{studyText.intro}</Dialog.Description>
            <Dialog.Close className="icon-button" aria-label={studyText.close}>
              <X />
            </Dialog.Close>
          </header>
          <div className={`study-body ${hasResults ? 'has-results' : ''}`}>
            <StudySetup />
            {hasResults ? <StudyResults onCompare={() => (isComparing.current = true)} /> : null}
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** Where the focus goes when sets are to be compared: what opened the dialog may lie far down in the Compare tab. */
function topOfCompareTab(): HTMLElement | null {
  document.getElementById('inspector-panel')?.scrollTo({ top: 0 });
  return document.getElementById('inspector-tab-compare');
}
