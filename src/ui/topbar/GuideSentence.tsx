/** One sentence that says what to do next, until the user has no need of it. */
import { X } from 'lucide-react';
import { useState } from 'react';
import { useMaskflow } from '../hooks/useMaskflow';
import { IconButton } from '../shell/IconButton';
import { guideText } from '../text';
import { guideStep } from './guide';
import { dismissStep, dismissedSteps } from './dismissedSteps';

export function GuideSentence() {
  const step = useMaskflow(guideStep);
  const [dismissed, setDismissed] = useState(dismissedSteps);
  if (!step || dismissed.has(step)) {
    return <output className="guide" />;
  }
  return (
    <div className="guide">
      <output>{guideText[step]}</output>
      <IconButton
        className="guide-dismiss"
        label="Hide this hint"
        onClick={() => setDismissed(dismissStep(dismissed, step))}
      >
        <X />
      </IconButton>
    </div>
  );
}
