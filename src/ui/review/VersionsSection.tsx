/** The masks as they were before each run: to be compared with those of now, and restored. */
import './review.css';
import { useMaskflow } from '../hooks/useMaskflow';
import { InspectorSection } from '../inspector/InspectorSection';
import { reviewText } from '../text';
import { CompareLegend } from './CompareLegend';
import { VersionRow } from './VersionRow';

export function VersionsSection() {
  const versions = useMaskflow((state) => state.versions);
  const compared = useMaskflow((state) => state.comparedVersionId);
  if (versions.length === 0) {
    return null;
  }
  return (
    <InspectorSection
      id="versions"
      tip={reviewText.versions}
      title={
        <>
          Versions <span className="muted">{versions.length}</span>
        </>
      }
    >
      <ul className="version-list" aria-labelledby="versions-title">
        {versions.toReversed().map((version) => (
          <VersionRow key={version.id} version={version} />
        ))}
      </ul>
      {versions.some(({ id }) => id === compared) ? <CompareLegend /> : null}
    </InspectorSection>
  );
}
