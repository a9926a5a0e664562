/** A row for each step and label that was drawn again: how it agrees with what is kept. */
import { counted, scoreText } from '../../core/base/numberText';
import type { ReplayReport } from '../../core/provenance/replayReport';
import { filled } from '../text/projectText';
import { provenanceText } from '../text/studyText';

function summaryOf({ comparedMasks, meanIou, minIou }: ReplayReport): string {
  return meanIou === null || minIou === null
    ? provenanceText.summaryNone
    : filled(provenanceText.summary, {
        masks: counted(comparedMasks, 'mask'),
        mean: scoreText(meanIou),
        lowest: scoreText(minIou),
      });
}

export function ReplayTable({ report }: { readonly report: ReplayReport }) {
  const { rows, givenMasks, replacedMasks, droppedEntries, otherPictures } = report;
  const notes = [
    summaryOf(report),
    ...(givenMasks > 0 ? [filled(provenanceText.given, { masks: counted(givenMasks, 'mask') })] : []),
    ...(replacedMasks > 0
      ? [filled(provenanceText.replaced, { masks: counted(replacedMasks, 'mask') })]
      : []),
    ...(otherPictures > 0
      ? [
          filled(provenanceText.otherPictures, {
            runs: counted(otherPictures, 'run'),
          }),
        ]
      : []),
    ...(droppedEntries > 0 ? [provenanceText.dropped] : []),
  ];
  return (
    <>
      {notes.map((note) => (
        <p key={note} className="provenance-result">
          {note}
        </p>
      ))}
      {rows.length > 0 ? (
        <table className="replay-table">
          <thead>
            <tr>
              <th scope="col">{provenanceText.step}</th>
              <th scope="col">{provenanceText.label}</th>
              <th scope="col">{provenanceText.frames}</th>
              <th scope="col">{provenanceText.mean}</th>
              <th scope="col">{provenanceText.lowest}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={`${row.entry} ${row.objectId}`}>
                <th scope="row">{row.step}</th>
                <td>{row.label}</td>
                <td>{row.frames.length}</td>
                <td>{scoreText(row.meanIou)}</td>
                <td>
                  {scoreText(row.worst.iou)}
                  <span className="muted">
                    {' '}
                    {filled(provenanceText.onFrame, { frame: String(row.worst.frameIndex) })}
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </>
  );
}
