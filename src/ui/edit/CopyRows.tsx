/** Carries the active label's mask to other frames: as it is, or as shapes between two annotated ones. */
import { copyMask, interpolateGap, type EditOutcome } from '../../app/editMasks';
import type { Label } from '../../core/label/label';
import { gapAround } from '../../core/track/maskNeighbours';
import { framesText } from '../../core/track/maskVersions';
import { frameCount } from '../../core/video/frameTable';
import { useCalm } from '../hooks/useCalm';
import { useApp, useMaskflow } from '../hooks/useMaskflow';
import { Button } from '../shell/Button';
import { editText } from '../text/editText';
import { PixelField } from './PixelField';

type CopyRowsProps = {
  readonly label: Label;
  readonly blocker: string | null;
  readonly frames: number;
  readonly onFrames: (frames: number) => void;
  readonly onStart: () => void;
  readonly onOutcome: (outcome: EditOutcome) => void;
};

export function CopyRows({ label, blocker, frames, onFrames, onStart, onOutcome }: CopyRowsProps) {
  const { store } = useApp();
  const { objectId } = label;
  const frame = useCalm((state) => state.currentFrame);
  const { inFrame, outFrame } = useMaskflow((state) => state.range);
  const last = useMaskflow((state) => (state.footage ? frameCount(state.footage.frameTable) - 1 : 0));
  const track = useMaskflow((state) => state.tracks.get(objectId));
  const gap = gapAround(track, frame);
  // The frame that is shown here lags behind while frames go by.
  function copyToNext(): Promise<EditOutcome> {
    const { currentFrame } = store.getState();
    return copyMask(store, objectId, {
      fromFrame: currentFrame + 1,
      toFrame: Math.min(last, currentFrame + frames),
    });
  }
  function run(work: () => Promise<EditOutcome>): void {
    onStart();
    void work().then(onOutcome);
  }
  return (
    <>
      <div className="edit-row">
        <Button tip={editText.copy} disabledReason={blocker} onClick={() => run(copyToNext)}>
          Copy to next
        </Button>
        <PixelField
          label="How many frames to copy to"
          value={frames}
          min={1}
          max={9999}
          unit="frames"
          onChange={onFrames}
        />
        <Button
          tip={editText.copy}
          disabledReason={blocker}
          onClick={() => run(() => copyMask(store, objectId, { fromFrame: inFrame, toFrame: outFrame }))}
        >
          Copy to in–out range
        </Button>
      </div>
      <div className="edit-row">
        <Button
          tip={editText.interpolate}
          disabledReason={gap ? null : editText.noGap}
          onClick={() => run(() => interpolateGap(store, objectId))}
        >
          Interpolate{gap ? ` ${framesText(gap.before + 1, gap.after - 1)}` : ''}
        </Button>
      </div>
    </>
  );
}
