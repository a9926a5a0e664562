/**
 * Says why the work is not being saved, and offers what can be done about it. Once put away it comes back with the next
 * reason; the words in the top bar stay.
 */
import { CircleAlert, X } from 'lucide-react';
import { useState } from 'react';
import type { UserMessage } from '../../core/base/errors';
import { useApp, useMaskflow } from '../hooks/useMaskflow';
import { Button } from '../shell/Button';
import { IconButton } from '../shell/IconButton';
import { projectText } from '../text/projectText';

export function SaveBanner() {
  const app = useApp();
  const saveState = useMaskflow((state) => state.saveState);
  const setProjectData = useMaskflow((state) => state.setProjectData);
  const [putAway, setPutAway] = useState<UserMessage['code'] | null>(null);
  if (saveState.kind === 'saved' && putAway) {
    setPutAway(null);
  }
  if (saveState.kind !== 'failed' || saveState.message.code === putAway) {
    return null;
  }
  const { message, reason } = saveState;
  return (
    <section
      className="message is-error"
      aria-live="polite"
      aria-label={projectText.notSavedTitle}
      data-testid="save-banner"
    >
      <CircleAlert className="message-icon" aria-hidden="true" />
      <div className="message-words">
        <p className="message-what">{projectText.notSavedTitle}</p>
        <p>{message.what}</p>
        <p>{message.safe}</p>
        <p>{message.todo}</p>
        <div className="card-buttons">
          <Button onClick={() => void app.projects.saveFile(false)}>{projectText.saveFile}</Button>
          {reason === 'noRoom' ? null : (
            <>
              <Button onClick={() => void app.projects.retrySave()}>{projectText.retry}</Button>
              <Button onClick={() => setProjectData({ isProjectListOpen: true })}>
                {projectText.manage}
              </Button>
            </>
          )}
        </div>
      </div>
      <IconButton label="Put this notice away" onClick={() => setPutAway(message.code)}>
        <X />
      </IconButton>
    </section>
  );
}
