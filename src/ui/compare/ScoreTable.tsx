/** Mean J, F, J&F and decay of each label. */
import { NO_NUMBER, counted, scoreText } from '../../core/base/numberText';
import { comparableLabels } from '../../core/compare/maskSet';
import type { FrameScores } from '../../core/compare/comparisonFrames';
import { meanRow, pairRow } from '../../core/compare/comparisonTable';
import type { ComparedSets } from '../../state/maskSets';
import { useMaskflow } from '../hooks/useMaskflow';
import { InfoTip } from '../shell/InfoTip';
import { compareText } from '../text/compareText';

type ScoreTableProps = { readonly compared: ComparedSets; readonly scores: readonly FrameScores[] };

/** One frame has no beginning and end. */
function decayText(value: number, frames: number): string {
  return frames < 2 ? NO_NUMBER : value.toFixed(3);
}

export function ScoreTable({ compared: { a, pairs }, scores }: ScoreTableProps) {
  const areEndsLeftOut = useMaskflow((state) => state.comparison.areEndsLeftOut);
  const rows = pairs.flatMap((pair, place) => {
    const label = comparableLabels(a).find(({ objectId }) => objectId === pair.a);
    const row = pairRow(scores, place, areEndsLeftOut);
    return label && row ? [{ label, row }] : [];
  });
  const means = meanRow(rows.map(({ row }) => row));
  const frames = rows[0]?.row.frames ?? 0;
  return (
    <table className="score-table">
      <caption>
        {compareText.tableOf} <span className="muted">({counted(frames, 'frame')})</span>
      </caption>
      <thead>
        <tr>
          <th scope="col">{compareText.label}</th>
          <th scope="col">{compareText.jAndF}</th>
          <th scope="col">{compareText.j}</th>
          <th scope="col">{compareText.f}</th>
          <th scope="col">
            <InfoTip tip={compareText.decayTip}>{compareText.decay}</InfoTip>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ label, row }) => (
          <tr key={label.objectId}>
            <th scope="row" title={label.name}>
              <span className="swatch" style={{ background: label.colour }} /> {label.name}
            </th>
            <td>{scoreText(row.jAndF)}</td>
            <td>{scoreText(row.j.mean)}</td>
            <td>{scoreText(row.f.mean)}</td>
            <td>{decayText(row.j.decay, row.frames)}</td>
          </tr>
        ))}
        {means && rows.length > 1 ? (
          <tr className="is-mean">
            <th scope="row">{compareText.mean}</th>
            <td>{scoreText(means.jAndF)}</td>
            <td>{scoreText(means.j)}</td>
            <td>{scoreText(means.f)}</td>
            <td>{decayText(means.decay, frames)}</td>
          </tr>
        ) : null}
      </tbody>
    </table>
  );
}
