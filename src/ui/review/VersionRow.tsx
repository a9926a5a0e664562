/** One version: what it is from, how far it is from now, comparing and restoring. */
import { GitCompareArrows, RotateCcw } from 'lucide-react';
import type { MaskVersion } from '../../core/track/maskVersions';
import { useMaskflow } from '../hooks/useMaskflow';
import { Button } from '../shell/Button';
import { reviewText } from '../text';
import { rememberedDifference } from './versionDifferences';

type VersionRowProps = { version: MaskVersion };

export function VersionRow({ version }: VersionRowProps) {
  const isRunning = useMaskflow((state) => state.propagation !== null);
  const tracks = useMaskflow((state) => state.tracks);
  const labels = useMaskflow((state) => state.labels);
  const isCompared = useMaskflow((state) => state.comparedVersionId === version.id);
  const frame = useMaskflow((state) => state.currentFrame);
  const seek = useMaskflow((state) => state.seek);
  const setComparedVersion = useMaskflow((state) => state.setComparedVersion);
  const restoreVersion = useMaskflow((state) => state.restoreVersion);
  // Every frame of a run would work the difference out anew.
  const difference = isRunning ? null : rememberedDifference(tracks, labels, version);
  const isSame = difference?.areaPx === 0;
  function compare(): void {
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
          disabledReason={isRunning ? reviewText.runFirst : isSame ? reviewText.sameAsNow : null}
          onClick={() => restoreVersion(version.id)}
        >
          <RotateCcw aria-hidden="true" />
          Restore
        </Button>
      </div>
    </li>
  );
}

function differenceText(difference: { frames: number; areaPx: number } | null): string {
  if (!difference) {
    return '…';
  }
  const { frames, areaPx } = difference;
  return frames === 0
    ? 'As now'
    : `Now ${areaPx.toLocaleString('en-US')} px apart on ${frames} frame${frames === 1 ? '' : 's'}`;
}
