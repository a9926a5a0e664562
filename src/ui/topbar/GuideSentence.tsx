/** One sentence that says what to do next, until the user has no need of it; at first as one of three steps. */
import { Check, X } from 'lucide-react';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useCalm } from '../hooks/useCalm';
import { useMaskflow } from '../hooks/useMaskflow';
import { IconButton } from '../shell/IconButton';
import { introductionText } from '../text/introductionText';
import { guideSentence, guideStep } from './guide';
import { dismissStep, dismissedSteps } from './dismissedSteps';
import {
  introductionLength,
  introductionNumber,
  introductionStep,
  introductionTargets,
  isIntroductionWanted,
  onIntroductionChange,
  setIntroductionWanted,
  takeMark,
} from './introduction';

export function GuideSentence() {
  const step = useCalm(guideStep);
  const labelName = useMaskflow(
    (state) => state.labels.find((label) => label.objectId === state.activeObjectId)?.name ?? '',
  );
  const [dismissed, setDismissed] = useState(dismissedSteps);
  const isIntroduced = useSyncExternalStore(onIntroductionChange, isIntroductionWanted);
  const place = isIntroduced && step ? introductionStep(step) : null;
  useMarkedTarget(place);
  if (!step || (place === null && dismissed.has(step))) {
    return <output className="guide" />;
  }
  const sentence = guideSentence(step, labelName);
  const isLast = place === introductionLength;
  return (
    <div className="guide">
      {place ? (
        <span className="guide-place">
          <span className="visually-hidden">
            {introductionText.placeSpoken.replace('{step}', String(place))}
          </span>
          <span aria-hidden="true">{introductionText.place.replace('{step}', String(place))}</span>
        </span>
      ) : null}
      <output className="guide-words" title={sentence}>
        {sentence}
      </output>
      {place ? (
        <IconButton
          className="guide-dismiss"
          label={isLast ? introductionText.finish : introductionText.skip}
          onClick={() => setIntroductionWanted(false)}
        >
          {isLast ? <Check /> : <X />}
        </IconButton>
      ) : (
        <IconButton
          className="guide-dismiss"
          label="Hide this hint"
          onClick={() => setDismissed(dismissStep(dismissed, step))}
        >
          <X />
        </IconButton>
      )}
    </div>
  );
}

/** Marks the part of the screen that a step is about when the step is reached for the first time; the style sheet draws the mark. */
function useMarkedTarget(place: 1 | 2 | 3 | null): void {
  const number = useSyncExternalStore(onIntroductionChange, introductionNumber);
  useEffect(() => {
    const { dataset } = document.documentElement;
    if (place === null || !takeMark(number, place)) {
      return undefined;
    }
    dataset.introduction = introductionTargets[place];
    return () => {
      delete dataset.introduction;
    };
  }, [place, number]);
}
