/** The first tab of the inspector: this frame, how it is shown, and the footage. */
import { EditSection } from '../edit/EditSection';
import { HistorySection } from '../history/HistorySection';
import { useMaskflow } from '../hooks/useMaskflow';
import { ReviewSection } from '../review/ReviewSection';
import { VersionsSection } from '../review/VersionsSection';
import { FootageSection } from './FootageSection';
import { FrameSection } from './FrameSection';
import { ViewSection } from './ViewSection';

export function MasksTab() {
  const hasFootage = useMaskflow((state) => state.footage !== null);
  return (
    <>
      {hasFootage ? (
        <>
          <ReviewSection />
          <FrameSection />
          <EditSection />
          <VersionsSection />
          <HistorySection />
          <ViewSection />
        </>
      ) : null}
      <FootageSection />
    </>
  );
}
