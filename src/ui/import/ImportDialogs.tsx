/** Everything that masks on their way in show: the question, the progress, the preview. */
import './import.css';
import { useMaskflow } from '../hooks/useMaskflow';
import { DropQuestion } from './DropQuestion';
import { ImportPreviewDialog } from './ImportPreviewDialog';
import { ImportProgress } from './ImportProgress';

export function ImportDialogs() {
  const importing = useMaskflow((state) => state.importing);
  switch (importing?.kind) {
    case 'asking':
      return <DropQuestion name={importing.name} />;
    case 'working':
      return <ImportProgress job={importing} />;
    case 'preview':
      return <ImportPreviewDialog read={importing.read} />;
    default:
      return null;
  }
}
