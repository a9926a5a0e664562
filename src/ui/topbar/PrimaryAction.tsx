/** The one place for the next step: the guide and Propagate, or the progress of a run, a study or a replay. */
import { useShallow } from 'zustand/react/shallow';
import { useMaskflow } from '../hooks/useMaskflow';
import { backgroundJob } from './backgroundJob';
import { BackgroundRun } from './BackgroundRun';
import { GuideSentence } from './GuideSentence';
import { PropagateButton } from './PropagateButton';
import { PropagationProgress } from './PropagationProgress';

export function PrimaryAction() {
  const job = useMaskflow((state) => state.propagation);
  const run = useMaskflow(useShallow(backgroundJob));
  return (
    <section className="primary-action" aria-label="Next step">
      {job ? (
        <PropagationProgress job={job} />
      ) : (
        <>
          {run ? <BackgroundRun run={run} /> : <GuideSentence />}
          <PropagateButton />
        </>
      )}
    </section>
  );
}
