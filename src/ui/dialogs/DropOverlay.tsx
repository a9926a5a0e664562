/** Says what can be dropped while something is held over the window. */
import './dialogs.css';
import { FileInput } from 'lucide-react';
import { dropText } from '../text';
import { useFileDrop } from './useFileDrop';

export function DropOverlay() {
  const isOver = useFileDrop();
  if (!isOver) {
    return null;
  }
  return (
    <div className="drop-overlay" aria-live="polite">
      <div className="drop-card">
        <FileInput aria-hidden="true" />
        <p className="drop-title">{dropText.title}</p>
        <p>{dropText.formats}</p>
      </div>
    </div>
  );
}
