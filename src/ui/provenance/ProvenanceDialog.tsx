/** How the masks were made: the text for a paper, the log as a file, and the replay. */
import { SheetDialog } from '../dialogs/SheetDialog';
import { useMaskflow } from '../hooks/useMaskflow';
import { provenanceText } from '../text/studyText';
import { MethodsParagraph } from './MethodsParagraph';
import './provenance.css';
import { ReplaySection } from './ReplaySection';

export function ProvenanceDialog() {
  const setStudyData = useMaskflow((state) => state.setStudyData);
  return (
    <SheetDialog
      look="provenance"
      title={provenanceText.title}
      onClose={() => setStudyData({ openTool: null })}
    >
      <div className="provenance-body">
        <MethodsParagraph />
        <ReplaySection />
      </div>
    </SheetDialog>
  );
}
