/** This frame: its number and time, and the prompts on it. */
import { timestampOfFrame } from '../../core/video/frameTable';
import { useCalm } from '../hooks/useCalm';
import { useMaskflow } from '../hooks/useMaskflow';
import { Button } from '../shell/Button';
import { inspectorText } from '../text';
import { formatClock } from '../timeline/timeFormat';
import { InspectorSection } from './InspectorSection';
import { LabelFacts } from './LabelFacts';
import { lockedNote } from './lockedNote';
import { PromptRow } from './PromptRow';
import { ThresholdPart } from './ThresholdPart';

export function FrameSection() {
  const frame = useCalm((state) => state.currentFrame);
  const timeSec = useCalm((state) =>
    state.footage ? timestampOfFrame(state.footage.frameTable, state.currentFrame) : 0,
  );
  const fileName = useCalm((state) => state.footage?.frameNames?.[state.currentFrame] ?? null);
  const locked = useCalm((state) => lockedNote(state, state.currentFrame));
  const allPrompts = useMaskflow((state) => state.prompts);
  const clearPrompts = useMaskflow((state) => state.clearPrompts);
  const prompts = allPrompts.filter((prompt) => prompt.frameIndex === frame);
  return (
    <InspectorSection
      id="frame"
      title={
        <>
          Frame {frame} <span className="muted">at {formatClock(timeSec)}</span>
        </>
      }
    >
      {fileName ? <p className="muted clipped">{fileName}</p> : null}
      {prompts.length === 0 ? <p className="muted">{inspectorText.noPrompts}</p> : null}
      <ul className="prompt-list">
        {prompts.map((prompt) => (
          <PromptRow key={prompt.id} prompt={prompt} />
        ))}
      </ul>
      {locked ? <p className="muted">{locked}</p> : null}
      {prompts.length > 0 ? (
        <Button onClick={() => clearPrompts(frame)}>Clear all prompts of this frame</Button>
      ) : null}
      <LabelFacts />
      <ThresholdPart />
    </InspectorSection>
  );
}
