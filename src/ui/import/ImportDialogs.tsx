/** Everything that masks on their way in show: the question, the progress, the preview. */
import './import.css';
import { useApp, useMaskflow } from '../hooks/useMaskflow';
import { DropQuestion } from './DropQuestion';
import { ImportPreviewDialog } from './ImportPreviewDialog';
import { ImportProgress } from './ImportProgress';

export function ImportDialogs() {
  const app = useApp();
  const importing = useMaskflow((state) => state.importing);
  const reference = useMaskflow((state) => state.referenceImport);
  if (reference?.kind === 'preview') {
    return (
      <ImportPreviewDialog
        read={reference.read}
        purpose="reference"
        onFinish={(order) => void app.comparison.finishReference(order)}
        onCancel={() => void app.comparison.cancelReference()}
      />
    );
  }
  switch (importing?.kind) {
    case 'asking':
      return <DropQuestion name={importing.name} />;
    case 'working':
      return <ImportProgress job={importing} />;
    case 'preview':
      return (
        <ImportPreviewDialog
          read={importing.read}
          purpose="annotation"
          onFinish={(order) => void app.finishImport(order)}
          onCancel={() => app.cancelImport()}
        />
      );
    default:
      return null;
  }
}
