/** How alike the two sets are over the range: scoring, means by label, the worst frames, and all of it as files. */
import { Download } from 'lucide-react';
import { counted } from '../../core/base/numberText';
import { commonFrames } from '../../core/compare/maskSet';
import type { ComparedSets } from '../../state/maskSets';
import { useApp, useMaskflow } from '../hooks/useMaskflow';
import { InspectorSection } from '../inspector/InspectorSection';
import { SwitchRow } from '../inspector/SwitchRow';
import { Button } from '../shell/Button';
import { ProgressBar } from '../shell/ProgressBar';
import { compareText } from '../text/compareText';
import { downloadFrames, downloadTable } from './comparisonFiles';
import { rangeScores } from './rangeScores';
import { ScoreTable } from './ScoreTable';
import { WorstFrames } from './WorstFrames';

type ScoresSectionProps = { readonly compared: ComparedSets };

export function ScoresSection({ compared }: ScoresSectionProps) {
  const app = useApp();
  const scores = useMaskflow(rangeScores);
  const job = useMaskflow((state) => state.comparisonJob);
  const areEndsLeftOut = useMaskflow((state) => state.comparison.areEndsLeftOut);
  const setComparison = useMaskflow((state) => state.setComparison);
  return (
    <InspectorSection id="compare-scores" title={compareText.scores} tip={compareText.scoresTip}>
      {job ? (
        <div className="compare-job">
          <ProgressBar label={compareText.scoring} fraction={job.framesDone / job.frameCount} />
          <span className="muted">
            {job.framesDone} of {job.frameCount}
          </span>
          <Button look="quiet" onClick={() => void app.comparison.stop()}>
            {compareText.stop}
          </Button>
        </div>
      ) : (
        <ScoreButton compared={compared} scored={scores.length} />
      )}
      {scores.length > 0 ? (
        <>
          <SwitchRow
            label={compareText.ends}
            tip={compareText.endsTip}
            isOn={areEndsLeftOut}
            onChange={(isOn) => setComparison({ areEndsLeftOut: isOn })}
          />
          <ScoreTable compared={compared} scores={scores} />
          <WorstFrames compared={compared} scores={scores} />
          <div className="button-row compare-files">
            <Button onClick={() => downloadFrames(app.store.getState())}>
              <Download aria-hidden="true" />
              {compareText.framesCsv}
            </Button>
            <Button onClick={() => downloadTable(app.store.getState())}>
              <Download aria-hidden="true" />
              {compareText.tableCsv}
            </Button>
          </div>
        </>
      ) : null}
    </InspectorSection>
  );
}

type ScoreButtonProps = { readonly compared: ComparedSets; readonly scored: number };

/** Tells how many frames are still to be scored; nothing where all are. */
function ScoreButton({ compared, scored }: ScoreButtonProps) {
  const app = useApp();
  const { inFrame, outFrame } = useMaskflow((state) => state.range);
  const isRunning = useMaskflow((state) => state.propagation !== null);
  const frames = commonFrames(compared.a, compared.b).filter(
    (frame) => frame >= inFrame && frame <= outFrame,
  );
  const left = frames.length - scored;
  if (frames.length === 0) {
    return <p className="muted">{compareText.noCommonFrames}</p>;
  }
  if (left <= 0) {
    return null;
  }
  return (
    <>
      {scored === 0 ? <p className="muted">{compareText.notScored}</p> : null}
      <Button
        look="primary"
        disabledReason={
          compared.pairs.length === 0 ? compareText.noPairs : isRunning ? compareText.runFirst : null
        }
        onClick={() => void app.comparison.score()}
      >
        {compareText.score} {counted(left, 'frame')}
      </Button>
    </>
  );
}
