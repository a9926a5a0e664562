/** How the masks were made: the text for a paper, the log as a file, and the replay. */
import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { useMaskflow } from '../hooks/useMaskflow';
import { provenanceText, studyText } from '../text/studyText';
import { MethodsParagraph } from './MethodsParagraph';
import './provenance.css';
import { ReplaySection } from './ReplaySection';

export function ProvenanceDialog() {
  const setStudyData = useMaskflow((state) => state.setStudyData);
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && setStudyData({ openTool: null })}>
      <Dialog.Portal>
        <Dialog.Backdrop className="sheet-backdrop" />
        <Dialog.Popup className="sheet provenance">
          <header className="sheet-header">
            <Dialog.Title className="sheet-title sheet-hint">{provenanceText.title}</Dialog.Title>
            <Dialog.Close className="icon-button" aria-label={studyText.close}>
              <X />
            </Dialog.Close>
          </header>
          <div className="provenance-body">
            <MethodsParagraph />
            <ReplaySection />
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
