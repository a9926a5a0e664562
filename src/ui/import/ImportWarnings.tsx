/** The sentences to be read before an import. */
import { TriangleAlert } from 'lucide-react';
import type { ImportSource } from '../../core/import/importSource';
import type { ImportPlan, ImportPurpose } from '../../core/import/planImport';
import { importWarnings } from './warningTexts';

type ImportWarningsProps = {
  readonly source: ImportSource;
  readonly plan: ImportPlan;
  readonly purpose: ImportPurpose;
};

export function ImportWarnings({ source, plan, purpose }: ImportWarningsProps) {
  const warnings = importWarnings(source, plan, purpose);
  if (warnings.length === 0) {
    return null;
  }
  return (
    <ul className="import-warnings" aria-label="Worth knowing">
      {warnings.map((warning) => (
        <li key={warning}>
          <TriangleAlert aria-hidden="true" />
          <span>{warning}</span>
        </li>
      ))}
    </ul>
  );
}
