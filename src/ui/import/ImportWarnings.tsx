/** The sentences to be read before an import. */
import { TriangleAlert } from 'lucide-react';
import type { ImportSource } from '../../core/import/importSource';
import type { ImportPlan } from '../../core/import/planImport';
import { importWarnings } from './warningTexts';

export function ImportWarnings({ source, plan }: { source: ImportSource; plan: ImportPlan }) {
  const warnings = importWarnings(source, plan);
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
