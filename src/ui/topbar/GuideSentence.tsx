/** One sentence that says what to do next, until the user has no need of it. */
import { X } from 'lucide-react';
import { useState } from 'react';
import { useMaskflow } from '../hooks/useMaskflow';
import { IconButton } from '../shell/IconButton';
import { guideSentence, guideStep } from './guide';
import { dismissStep, dismissedSteps } from './dismissedSteps';

export function GuideSentence() {
  const step = useMaskflow(guideStep);
  const labelName = useMaskflow(
    (state) => state.labels.find((label) => label.objectId === state.activeObjectId)?.name ?? '',
  );
  const [dismissed, setDismissed] = useState(dismissedSteps);
  if (!step || dismissed.has(step)) {
    return <output className="guide" />;
  }
  const sentence = guideSentence(step, labelName);
  return (
    <div className="guide">
      <output className="guide-words" title={sentence}>
        {sentence}
      </output>
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
