/** The active label's clean-up rule on this frame, live on the picture, and how far it reaches. */
import { countText } from '../../core/base/numberText';
import { maskAt } from '../../core/track/maskTrack';
import type { Label } from '../../core/label/label';
import {
  cleanupRangeAt,
  isSameCleanup,
  keptPieces,
  noCleanup,
  withCleanup,
  type CleanupRule,
} from '../../core/track/cleanupRules';
import { framesText } from '../../core/track/maskVersions';
import { drawnMasksOfFrame, masksOfFrame } from '../../core/track/visibleMasks';
import { useCalm } from '../hooks/useCalm';
import { useApp, useMaskflow } from '../hooks/useMaskflow';
import { ApplyTo } from '../inspector/ApplyTo';
import { useEditGesture } from '../inspector/useEditGesture';
import { Button } from '../shell/Button';
import { InfoTip } from '../shell/InfoTip';
import { cleanupText } from '../text/editText';
import { PixelField } from './PixelField';
import { useTypingGesture } from './useTypingGesture';

type CleanupPartProps = { readonly label: Label };

export function CleanupPart({ label }: CleanupPartProps) {
  const { store } = useApp();
  const { objectId } = label;
  const frame = useCalm((state) => state.currentFrame);
  const rules = useMaskflow((state) => state.tracks.get(objectId)?.rules);
  const setCleanup = useMaskflow((state) => state.setCleanup);
  const gesture = useEditGesture();
  const typing = useTypingGesture();
  const range = cleanupRangeAt(rules, frame);
  const rule = range?.rule ?? noCleanup;
  function change(part: Partial<CleanupRule>): void {
    // The frame that is shown here lags behind while frames go by.
    const { currentFrame, tracks } = store.getState();
    const now = cleanupRangeAt(tracks.get(objectId)?.rules, currentFrame);
    const { fromFrame, toFrame } = now ?? { fromFrame: currentFrame, toFrame: currentFrame };
    setCleanup(objectId, { fromFrame, toFrame, rule: { ...(now?.rule ?? noCleanup), ...part } });
  }
  return (
    <section className="inspector-part edit-part" aria-labelledby="cleanup-title">
      <h3 id="cleanup-title" className="panel-title">
        <InfoTip tip={cleanupText.about}>{cleanupText.title}</InfoTip>
      </h3>
      <div className="edit-row" title={cleanupText.minAreaTip}>
        <span className="edit-name">{cleanupText.minArea}</span>
        <PixelField
          label={cleanupText.minArea}
          value={rule.minAreaPx}
          min={0}
          max={9_999_999}
          onChange={(minAreaPx) => typing.change(() => change({ minAreaPx }))}
          onBlur={typing.end}
        />
      </div>
      <div className="edit-row" title={cleanupText.maxHoleTip}>
        <span className="edit-name">{cleanupText.maxHole}</span>
        <PixelField
          label={cleanupText.maxHole}
          value={rule.maxHolePx}
          min={0}
          max={9_999_999}
          onChange={(maxHolePx) => typing.change(() => change({ maxHolePx }))}
          onBlur={typing.end}
        />
      </div>
      <label className="edit-row">
        <span className="edit-name">{cleanupText.keep}</span>
        <select
          className="field"
          value={rule.keep}
          onChange={(event) => {
            const keep = keptPieces.find((entry) => entry === event.currentTarget.value);
            change({ keep: keep ?? 'all' });
          }}
        >
          {keptPieces.map((entry) => (
            <option key={entry} value={entry}>
              {cleanupText.keepWords[entry]}
            </option>
          ))}
        </select>
      </label>
      <label className="slider-row" title={cleanupText.growTip}>
        <span className="slider-name">{cleanupText.grow}</span>
        <input
          type="range"
          min={-10}
          max={10}
          step={1}
          value={rule.growPx}
          aria-valuetext={`${rule.growPx} pixels`}
          onPointerDown={gesture.begin}
          onLostPointerCapture={gesture.end}
          onPointerUp={gesture.end}
          onKeyDown={gesture.begin}
          onKeyUp={gesture.end}
          onBlur={gesture.end}
          onChange={(event) => change({ growPx: event.currentTarget.valueAsNumber })}
        />
        <output>{rule.growPx > 0 ? `+${rule.growPx}` : rule.growPx} px</output>
      </label>
      <CleanupEffect label={label} hasRule={range !== null} />
      <p className="muted">
        {range
          ? cleanupText.holds.replace('{frames}', framesText(range.fromFrame, range.toFrame))
          : cleanupText.holdsNowhere}
      </p>
      <ReachButtons label={label} rule={rule} />
    </section>
  );
}

type CleanupEffectProps = { readonly label: Label; readonly hasRule: boolean };

/** What the rule does to the mask of this frame. */
function CleanupEffect({ label, hasRule }: CleanupEffectProps) {
  const { objectId } = label;
  const frame = useCalm((state) => state.currentFrame);
  const tracks = useMaskflow((state) => state.tracks);
  const labels = useMaskflow((state) => state.labels);
  if (!hasRule) {
    return null;
  }
  if (maskAt(tracks.get(objectId), frame)?.mask.edit) {
    return <p className="muted">{cleanupText.handMade}</p>;
  }
  const before = drawnMasksOfFrame(tracks, labels, frame).find((entry) => entry.objectId === objectId);
  const after = masksOfFrame(tracks, labels, frame).find((entry) => entry.objectId === objectId);
  if (!before || !after) {
    return null;
  }
  const words =
    before.mask === after.mask
      ? cleanupText.noEffect
      : cleanupText.effect
          .replace('{before}', countText(before.mask.areaPx))
          .replace('{after}', countText(after.mask.areaPx));
  return <p>{words}</p>;
}

type ReachButtonsProps = { readonly label: Label; readonly rule: CleanupRule };

function ReachButtons({ label, rule }: ReachButtonsProps) {
  const { store } = useApp();
  const { objectId } = label;
  const rules = useMaskflow((state) => state.tracks.get(objectId)?.rules) ?? [];
  const frame = useCalm((state) => state.currentFrame);
  const setCleanup = useMaskflow((state) => state.setCleanup);
  const range = cleanupRangeAt(rules, frame);
  function reset(): void {
    const { currentFrame, tracks } = store.getState();
    const now = cleanupRangeAt(tracks.get(objectId)?.rules, currentFrame);
    if (now) {
      setCleanup(objectId, { ...now, rule: noCleanup });
    }
  }
  const sameReason = range ? cleanupText.isApplied : cleanupText.nothingToReset;
  return (
    <ApplyTo
      what="the clean-up rule"
      blockerOf={(stretch) =>
        isSameCleanup(rules, withCleanup(rules, { ...stretch, rule })) ? sameReason : null
      }
      onApply={(stretch) => setCleanup(objectId, { ...stretch, rule })}
    >
      <Button disabledReason={range ? null : cleanupText.nothingToReset} onClick={reset}>
        {cleanupText.reset}
      </Button>
    </ApplyTo>
  );
}
