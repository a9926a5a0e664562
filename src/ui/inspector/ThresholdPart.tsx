/** At which probability the active label's masks are cut: on this frame by the slider, on more by the buttons. */
import { RotateCcw } from 'lucide-react';
import type { ObjectId } from '../../core/base/ids';
import { isRegionRole, type Label } from '../../core/label/label';
import { maskAt, type MaskTrack } from '../../core/track/maskTrack';
import {
  DRAWN_PROBABILITY,
  isSameRanges,
  thresholdAt,
  withThreshold,
} from '../../core/track/thresholdRanges';
import { useCalm } from '../hooks/useCalm';
import { useApp, useMaskflow } from '../hooks/useMaskflow';
import { IconButton } from '../shell/IconButton';
import { InfoTip } from '../shell/InfoTip';
import { thresholdText } from '../text';
import { ApplyTo } from './ApplyTo';
import { ThresholdAreas } from './ThresholdAreas';
import { useEditGesture } from './useEditGesture';

export function ThresholdPart() {
  const active = useMaskflow((state) =>
    state.labels.find((label) => label.objectId === state.activeObjectId),
  );
  const track = useMaskflow((state) => active && state.tracks.get(active.objectId));
  const frame = useCalm((state) => state.currentFrame);
  if (!active || isRegionRole(active.role)) {
    return null;
  }
  const mask = maskAt(track, frame)?.mask ?? null;
  const blocker = blockerOf(mask);
  return (
    <section className="inspector-part" aria-labelledby="threshold-title">
      <h3 id="threshold-title" className="panel-title">
        <InfoTip tip={thresholdText.what}>Threshold of {active.name}</InfoTip>
      </h3>
      <ThresholdSlider label={active} track={track} frame={frame} blocker={blocker} />
      {blocker ? <p className="muted">{blocker}</p> : null}
      {mask?.soft ? <ThresholdAreas mask={mask} /> : null}
      <ApplyButtons objectId={active.objectId} track={track} frame={frame} blocker={blocker} />
    </section>
  );
}

/** Why there is nothing to cut; null when there is. */
function blockerOf(mask: { readonly soft?: unknown } | null): string | null {
  if (!mask) {
    return thresholdText.noMask;
  }
  return mask.soft ? null : thresholdText.noProbabilities;
}

type SliderProps = {
  label: Label;
  track: MaskTrack | undefined;
  frame: number;
  blocker: string | null;
};

function ThresholdSlider({ label, track, frame, blocker }: SliderProps) {
  const { store } = useApp();
  const setThreshold = useMaskflow((state) => state.setThreshold);
  const gesture = useEditGesture();
  const probability = thresholdAt(track?.thresholds, frame);
  function set(next: number): void {
    // The frame that is shown here lags behind while frames go by.
    const { currentFrame } = store.getState();
    setThreshold(label.objectId, { fromFrame: currentFrame, toFrame: currentFrame, probability: next });
  }
  return (
    <div className="slider-row">
      <label className="slider-row threshold-slider">
        <span>Threshold p</span>
        <input
          type="range"
          min={10}
          max={90}
          step={5}
          disabled={blocker !== null}
          value={Math.round(probability * 100)}
          aria-valuetext={probability.toFixed(2)}
          onPointerDown={gesture.begin}
          onLostPointerCapture={gesture.end}
          onPointerUp={gesture.end}
          onPointerCancel={gesture.end}
          onKeyDown={gesture.begin}
          onKeyUp={gesture.end}
          onBlur={gesture.end}
          onChange={(event) => set(Number(event.currentTarget.value) / 100)}
        />
        <output>{probability.toFixed(2)}</output>
      </label>
      <IconButton
        label="Reset the threshold on this frame to 0.5"
        disabledReason={probability === DRAWN_PROBABILITY ? thresholdText.isDrawn : null}
        onClick={() => set(DRAWN_PROBABILITY)}
      >
        <RotateCcw />
      </IconButton>
    </div>
  );
}

type ApplyProps = {
  objectId: ObjectId;
  track: MaskTrack | undefined;
  frame: number;
  blocker: string | null;
};

function ApplyButtons({ objectId, track, frame, blocker }: ApplyProps) {
  const setThreshold = useMaskflow((state) => state.setThreshold);
  const probability = thresholdAt(track?.thresholds, frame);
  const ranges = track?.thresholds ?? [];
  return (
    <ApplyTo
      what={probability.toFixed(2)}
      blockerOf={(stretch) =>
        isSameRanges(ranges, withThreshold(ranges, { ...stretch, probability }))
          ? thresholdText.isApplied
          : blocker
      }
      onApply={(stretch) => setThreshold(objectId, { ...stretch, probability })}
    />
  );
}
