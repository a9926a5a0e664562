/** The one place for the next step: the guide and Propagate, or the progress of a run. */
import { useMaskflow } from '../hooks/useMaskflow';
import { GuideSentence } from './GuideSentence';
import { PropagateButton } from './PropagateButton';
import { PropagationProgress } from './PropagationProgress';

export function PrimaryAction() {
  const job = useMaskflow((state) => state.propagation);
  return (
    <section className="primary-action" aria-label="Next step">
      {job ? (
        <PropagationProgress job={job} />
      ) : (
        <>
          <GuideSentence />
          <PropagateButton />
        </>
      )}
    </section>
  );
}
