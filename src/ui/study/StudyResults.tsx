/** What a study found: the table, the chart over time and the contact sheet. */
import { studyCsv, studyRows } from '../../core/study/studyResult';
import { maskSetsOf } from '../../state/maskSets';
import { useShallow } from 'zustand/react/shallow';
import { useApp, useMaskflow } from '../hooks/useMaskflow';
import { Button } from '../shell/Button';
import { studyText } from '../text/studyText';
import { download } from '../../app/exportMasks';
import { stemOf } from './stemOf';
import { pairToCompare } from './pairToCompare';
import { SheetSection } from './SheetSection';
import { StudyChart } from './StudyChart';
import { StudyPairs } from './StudyPairs';
import { StudyTable } from './StudyTable';

/** `onCompare` is called when the dialog is about to make way for the Compare tab. */
export function StudyResults({ onCompare }: { readonly onCompare: () => void }) {
  const app = useApp();
  const result = useMaskflow((state) => state.studyResult);
  const scores = useMaskflow((state) => state.studyScores);
  const reference = useMaskflow((state) => state.studyReference);
  const footageName = useMaskflow((state) => state.footage?.name ?? '');
  const isRunning = useMaskflow((state) => state.studyJob !== null);
  const setInspectorTab = useMaskflow((state) => state.setInspectorTab);
  const setComparison = useMaskflow((state) => state.setComparison);
  const setStudyData = useMaskflow((state) => state.setStudyData);
  const references = useMaskflow(
    useShallow((state) => maskSetsOf(state).filter(({ kind }) => kind !== 'result')),
  );
  if (!result) {
    return null;
  }
  const rows = studyRows(result, scores ?? []);
  const pair = pairToCompare(result, rows, reference);
  const referenceName = references.find(({ key }) => key === reference)?.name ?? studyText.noReference;
  function saveTable(): void {
    const csv = studyCsv(rows, reference ? referenceName : '');
    download(new Blob([csv], { type: 'text/csv' }), `${stemOf(footageName)}-methods.csv`);
    setStudyData({ isStudyKept: true });
  }
  function comparePixels(): void {
    if (pair) {
      setComparison(pair);
    }
    setInspectorTab('compare');
    onCompare();
    setStudyData({ openTool: null });
  }
  return (
    <section className="study-results" aria-label={studyText.results}>
      <div className="study-bar">
        <label className="study-reference">
          {studyText.reference}
          <select
            className="field"
            value={reference ?? ''}
            onChange={(event) => void app.study.scoreStudy(event.target.value || null)}
          >
            <option value="">{studyText.noReference}</option>
            {references.map(({ key, name }) => (
              <option key={key} value={key}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <output className="muted">{reference && !scores && !isRunning ? studyText.scoring : ''}</output>
        <Button tip={studyText.compareTip} onClick={comparePixels}>
          {studyText.compare}
        </Button>
        <Button onClick={saveTable}>{studyText.saveTable}</Button>
      </div>
      <p className="study-note muted">{studyText.visitOnly}</p>
      <StudyTable result={result} rows={rows} hasReference={reference !== null} />
      {scores ? <StudyChart result={result} scores={scores} /> : null}
      {reference === null && !isRunning ? <StudyPairs result={result} /> : null}
      {isRunning ? null : <SheetSection result={result} />}
    </section>
  );
}
