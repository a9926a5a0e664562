/** Says what came back from the visit before, with a way to begin anew instead. */
import { History, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useApp, useMaskflow } from '../hooks/useMaskflow';
import { Button } from '../shell/Button';
import { IconButton } from '../shell/IconButton';
import { filled, projectText } from '../text/projectText';
import { restoredText } from './projectWords';

/** Long enough to read it and decide; then the picture is free. */
const shownMs = 30_000;

export function RestoredCard() {
  const app = useApp();
  const restored = useMaskflow((state) => state.restored);
  const setProjectData = useMaskflow((state) => state.setProjectData);
  const [nowMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = restored ? setTimeout(() => setProjectData({ restored: null }), shownMs) : undefined;
    return () => clearTimeout(timer);
  }, [restored, setProjectData]);
  if (!restored) {
    return null;
  }
  return (
    <div className="message" data-testid="restored">
      <History className="message-icon" aria-hidden="true" />
      <div className="message-words">
        <p className="message-what">{filled(projectText[restored.how], { name: restored.name })}</p>
        <p>{restoredText(restored, nowMs)}</p>
        {restored.missingMasks > 0 ? (
          <p>{filled(projectText.missingMasks, { count: restored.missingMasks })}</p>
        ) : null}
        <div className="card-buttons">
          <Button tip={projectText.startAfreshTip} onClick={() => void app.projects.startAfresh()}>
            {projectText.startAfresh}
          </Button>
        </div>
      </div>
      <IconButton label="Dismiss this notice" onClick={() => setProjectData({ restored: null })}>
        <X />
      </IconButton>
    </div>
  );
}
