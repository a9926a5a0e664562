/** Announces that a newer version waits; the user says when. */
import { RefreshCw } from 'lucide-react';
import { useApp, useMaskflow } from '../hooks/useMaskflow';
import { Button } from '../shell/Button';
import { projectText } from '../text/projectText';

export function UpdateCard() {
  const app = useApp();
  const isReady = useMaskflow((state) => state.isUpdateReady);
  if (!isReady) {
    return null;
  }
  return (
    <div className="message" data-testid="update">
      <RefreshCw className="message-icon" aria-hidden="true" />
      <div className="message-words">
        <p className="message-what">{projectText.updateReady}</p>
        <p>{projectText.updateNote}</p>
        <div className="card-buttons">
          <Button onClick={() => void app.applyUpdate()}>{projectText.reload}</Button>
        </div>
      </div>
    </div>
  );
}
