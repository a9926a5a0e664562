/** A row for each method: how well, how fast, how sure. */
import type { StudyRow } from '../../core/study/studyResult';
import { useApp } from '../hooks/useMaskflow';
import { Button } from '../shell/Button';
import { InfoTip } from '../shell/InfoTip';
import { studyText } from '../text/studyText';

type StudyTableProps = { readonly rows: readonly StudyRow[]; readonly hasReference: boolean };

function shown(value: number | null, digits: number): string {
  return value === null ? studyText.none : value.toFixed(digits);
}

/** The places of the highest value, if there are several to choose from. */
function isBest(rows: readonly StudyRow[], row: StudyRow): boolean {
  const values = rows.flatMap(({ jAndF }) => jAndF ?? []);
  return values.length > 1 && row.jAndF === Math.max(...values);
}

export function StudyTable({ rows, hasReference }: StudyTableProps) {
  const app = useApp();
  return (
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
              <th scope="col">{studyText.jAndF}</th>
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
          <tr key={row.id} className={isBest(rows, row) ? 'is-best' : ''}>
            <th scope="row">{row.name}</th>
            {hasReference ? (
              <>
                <td>{shown(row.j, 3)}</td>
                <td>{shown(row.f, 3)}</td>
                <td>{shown(row.jAndF, 3)}</td>
              </>
            ) : null}
            <td>{shown(row.msPerFrame, 0)}</td>
            <td>{shown(row.confidence, 2)}</td>
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
  );
}
