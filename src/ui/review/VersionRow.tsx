/** One version: what it is from, how far it is from now, comparing and restoring. */
import { GitCompareArrows, RotateCcw } from 'lucide-react';
import { countText, counted } from '../../core/base/numberText';
import type { MaskVersion, VersionDifference } from '../../core/track/maskVersions';
import { useApp, useMaskflow } from '../hooks/useMaskflow';
import { Button } from '../shell/Button';
import { reviewText } from '../text';
import { versionText } from '../text/versionText';
import { rememberedDifference } from './versionDifferences';

type VersionRowProps = { version: MaskVersion };

export function VersionRow({ version }: VersionRowProps) {
  const { store } = useApp();
  const isRunning = useMaskflow((state) => state.propagation !== null);
  const tracks = useMaskflow((state) => state.tracks);
  const labels = useMaskflow((state) => state.labels);
  const isCompared = useMaskflow((state) => state.comparedVersionId === version.id);
  const seek = useMaskflow((state) => state.seek);
  const setComparedVersion = useMaskflow((state) => state.setComparedVersion);
  const restoreVersion = useMaskflow((state) => state.restoreVersion);
  // Every frame of a run would work the difference out anew.
  const difference = isRunning ? null : rememberedDifference(tracks, labels, version);
  function compare(): void {
    const { currentFrame: frame } = store.getState();
    setComparedVersion(isCompared ? null : version.id);
    if (!isCompared && (frame < version.fromFrame || frame > version.toFrame)) {
      seek(version.fromFrame);
    }
  }
  return (
    <li className={`version ${isCompared ? 'is-compared' : ''}`}>
      <span>{version.name}</span>
      <span className="muted">{differenceText(difference)}</span>
      <div className="version-foot">
        <Button look="quiet" aria-pressed={isCompared} onClick={compare}>
          <GitCompareArrows aria-hidden="true" />
          Compare
        </Button>
        <Button
          look="quiet"
          tip={reviewText.restore}
          disabledReason={isRunning ? reviewText.runFirst : restoreBlocker(difference)}
          onClick={() => restoreVersion(version.id)}
        >
          <RotateCcw aria-hidden="true" />
          Restore
        </Button>
      </div>
    </li>
  );
}

function restoreBlocker(difference: VersionDifference | null): string | null {
  if (difference?.restorablePx !== 0) {
    return null;
  }
  return difference.areaPx === 0 ? reviewText.sameAsNow : versionText.onlyAnnotated;
}

function differenceText(difference: VersionDifference | null): string {
  if (!difference) {
    return '…';
  }
  const { frames, areaPx, annotatedFrames } = difference;
  if (frames === 0) {
    return difference.restorablePx === 0 ? versionText.asNow : versionText.asNowButCompetitors;
  }
  const apart = `Now ${countText(areaPx)} px apart on ${counted(frames, 'frame')}`;
  return annotatedFrames === 0 ? apart : `${apart}; ${annotatedText(frames, annotatedFrames)}`;
}

function annotatedText(frames: number, annotatedFrames: number): string {
  if (frames === annotatedFrames) {
    return frames === 1 ? versionText.annotatedAlone : versionText.allAnnotated;
  }
  return versionText.someAnnotated.replace('{count}', String(annotatedFrames));
}
