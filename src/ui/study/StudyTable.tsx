/** A row for each method: how well, how fast, how sure. */
import { NO_NUMBER, scoreText, tookText } from '../../core/base/numberText';
import { bestMethods, hasAllFrames, type StudyResult, type StudyRow } from '../../core/study/studyResult';
import { useApp } from '../hooks/useMaskflow';
import { confidenceText } from '../review/maskWords';
import { Button } from '../shell/Button';
import { InfoTip } from '../shell/InfoTip';
import { filled } from '../text/projectText';
import { studyText } from '../text/studyText';

type StudyTableProps = {
  readonly result: StudyResult;
  readonly rows: readonly StudyRow[];
  readonly hasReference: boolean;
};

export function StudyTable({ result, rows, hasReference }: StudyTableProps) {
  const app = useApp();
  const best = bestMethods(result, rows);
  const left = rows.filter((row) => row.jAndF !== null && !hasAllFrames(result, row));
  const isMarked = (id: string): boolean =>
    result.methods.some((method) => method.id === id && method.unofficial);
  const unofficial = [...new Set(result.methods.flatMap((method) => method.unofficial ?? []))];
  return (
    <>
      <table className="study-table">
        <thead>
          <tr>
            <th scope="col">{studyText.method}</th>
            {hasReference ? (
              <>
                <th scope="col">
                  <InfoTip tip={studyText.jTip}>{studyText.j}</InfoTip>
                </th>
                <th scope="col">
                  <InfoTip tip={studyText.fTip}>{studyText.f}</InfoTip>
                </th>
                <th scope="col">
                  <InfoTip tip={studyText.jAndFTip}>{studyText.jAndF}</InfoTip>
                </th>
              </>
            ) : null}
            <th scope="col">
              <InfoTip tip={studyText.timeTip}>{studyText.time}</InfoTip>
            </th>
            <th scope="col">
              <InfoTip tip={studyText.confidenceTip}>{studyText.confidence}</InfoTip>
            </th>
            <th scope="col">{studyText.frames}</th>
            <th scope="col">
              <span className="visually-hidden">{studyText.keep}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id} className={best.includes(row.id) ? 'is-best' : ''}>
              <th scope="row">
                {row.name}
                {isMarked(row.id) ? studyText.unofficialMark : ''}
              </th>
              {hasReference ? (
                <>
                  <td>{scoreText(row.j)}</td>
                  <td>{scoreText(row.f)}</td>
                  <td>{scoreText(row.jAndF)}</td>
                </>
              ) : null}
              <td>{row.msPerFrame === null ? NO_NUMBER : tookText(row.msPerFrame)}</td>
              <td>{row.confidence === null ? NO_NUMBER : confidenceText(row.confidence)}</td>
              <td>
                {row.framesDrawn}
                {row.outcome === 'done' ? '' : ` (${studyText[row.outcome]})`}
              </td>
              <td>
                <Button
                  tip={studyText.keepTip}
                  aria-label={`${studyText.keep} ${row.name}`}
                  onClick={() => void app.study.keepStudyResult(row.id)}
                >
                  {studyText.keep}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {unofficial.length > 0 ? (
        <p className="study-note muted">{filled(studyText.unofficial, { models: unofficial.join(', ') })}</p>
      ) : null}
      {left.length > 0 ? (
        <p className="study-note muted">
          {filled(studyText.unfair, { methods: left.map(({ name }) => name).join(', ') })}
        </p>
      ) : null}
    </>
  );
}
