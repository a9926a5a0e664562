/** The tab of comparing two sets of masks: which, how they are shown, and how alike they are. */
import './compare.css';
import { comparedSets } from '../../state/maskSets';
import { useMaskflow } from '../hooks/useMaskflow';
import { InspectorSection } from '../inspector/InspectorSection';
import { StudyButtons } from '../study/StudyButtons';
import { compareText } from '../text/compareText';
import { LabelPairsSection } from './LabelPairsSection';
import { ScoresSection } from './ScoresSection';
import { SetsSection } from './SetsSection';
import { CompareViewSection } from './CompareViewSection';

export function CompareTab() {
  const compared = useMaskflow(comparedSets);
  return (
    <>
      <SetsSection />
      {compared && compared.a !== compared.b ? (
        <>
          <LabelPairsSection compared={compared} />
          <CompareViewSection compared={compared} />
          <ScoresSection compared={compared} />
        </>
      ) : null}
      <InspectorSection id="compare-methods" title={compareText.methods} tip={compareText.methodsTip}>
        <StudyButtons />
      </InspectorSection>
    </>
  );
}
