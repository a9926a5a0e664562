/** The study of methods: what runs, and what came of it. */
import { useRef } from 'react';
import { SheetDialog } from '../dialogs/SheetDialog';
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
    <SheetDialog
      look="study"
      title={studyText.title}
      intro={studyText.intro}
      onClose={() => setStudyData({ openTool: null })}
      finalFocus={() => (isComparing.current ? topOfCompareTab() : true)}
    >
      <div className={`study-body ${hasResults ? 'has-results' : ''}`}>
        <StudySetup />
        {hasResults ? <StudyResults onCompare={() => (isComparing.current = true)} /> : null}
      </div>
    </SheetDialog>
  );
}

/** Where the focus goes when sets are to be compared: what opened the dialog may lie far down in the Compare tab. */
function topOfCompareTab(): HTMLElement | null {
  document.getElementById('inspector-panel')?.scrollTo({ top: 0 });
  return document.getElementById('inspector-tab-compare');
}
