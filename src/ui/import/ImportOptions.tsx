/** How files are matched and read. */
import { greyReadings, type GreyReading } from '../../core/import/importSource';
import type { MatchMethod } from '../../core/import/matchFrames';
import { greyText, importText, methodText } from '../text/importText';
import type { ImportPreview } from './useImportPlan';
import { sizesText } from './warningTexts';

export function ImportOptions({ preview }: { preview: ImportPreview }) {
  const { purpose, source, plan, choices, choose, readGreys } = preview;
  return (
    <div className="import-options">
      {plan.method === null ? null : (
        <label className="import-option">
          Frames by
          <select
            className="field"
            value={plan.method}
            onChange={(event) => choose({ method: event.currentTarget.value as MatchMethod })}
          >
            {plan.methods.map((method) => (
              <option key={method} value={method}>
                {methodText[method]}
              </option>
            ))}
          </select>
        </label>
      )}
      {source.greyReading === null ? null : (
        <label className="import-option">
          Greys are
          <select
            className="field"
            value={source.greyReading}
            onChange={(event) => readGreys(event.currentTarget.value as GreyReading)}
          >
            {greyReadings.map((reading) => (
              <option key={reading} value={reading}>
                {greyText[reading]}
              </option>
            ))}
          </select>
        </label>
      )}
      {plan.wrongSizes.length === 0 ? null : (
        <label className="import-check">
          <input
            type="checkbox"
            checked={choices.isScaled}
            onChange={(event) => choose({ isScaled: event.currentTarget.checked })}
          />
          <span>
            {importText.scale} (from {sizesText(plan)})
            <span className="menu-item-note">{importText.scaleNote}</span>
          </span>
        </label>
      )}
      {purpose === 'reference' ? null : (
        <label className="import-check">
          <input
            type="checkbox"
            checked={choices.isAbsenceTaken}
            onChange={(event) => choose({ isAbsenceTaken: event.currentTarget.checked })}
          />
          <span>
            {importText.absence}
            <span className="menu-item-note">{importText.absenceNote}</span>
          </span>
        </label>
      )}
    </div>
  );
}
