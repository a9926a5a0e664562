/** Opens studies and the log from a panel. */
import { useMaskflow } from '../hooks/useMaskflow';
import { Button } from '../shell/Button';
import { provenanceText, studyText } from '../text/studyText';

export function StudyButtons() {
  const setStudyData = useMaskflow((state) => state.setStudyData);
  return (
    <div className="button-row">
      <Button tip={studyText.menuNote} onClick={() => setStudyData({ openTool: 'study' })}>
        {studyText.menu}
      </Button>
      <Button tip={provenanceText.menuNote} onClick={() => setStudyData({ openTool: 'provenance' })}>
        {provenanceText.menu}
      </Button>
    </div>
  );
}
