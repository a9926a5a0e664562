/** The one switch for all shared background points. */
import { Switch } from '@base-ui/react/switch';
import { useMaskflow } from '../hooks/useMaskflow';
import { labelText } from '../text';

export function SharedPointsSwitch() {
  const isOn = useMaskflow((state) => state.useSharedPoints);
  const setOn = useMaskflow((state) => state.setUseSharedPoints);
  const count = useMaskflow(
    (state) =>
      state.prompts.filter(
        (prompt) => prompt.kind === 'sharedPoint' && prompt.frameIndex === state.currentFrame,
      ).length,
  );
  return (
    <div className="shared-points" title={labelText.sharedPoints}>
      <Switch.Root
        className="switch"
        checked={isOn}
        onCheckedChange={setOn}
        aria-labelledby="shared-points-name"
        aria-describedby="shared-points-help"
      >
        <Switch.Thumb className="switch-thumb" />
      </Switch.Root>
      <span>
        <span id="shared-points-name">Use shared background points</span>
        <span className="muted shared-points-count">
          {count === 0 ? 'none on this frame' : `${count} on this frame`}
        </span>
      </span>
      <span id="shared-points-help" className="visually-hidden">
        {labelText.sharedPoints}
      </span>
    </div>
  );
}
