/** How masks and picture are looked at. */
import { useMaskflow } from '../hooks/useMaskflow';
import { inspectorText } from '../text';
import { viewText } from '../text/viewText';
import { overlayKinds, type OverlayKind } from '../../state/slices/displayState';
import { AdjustmentsPart } from './AdjustmentsPart';
import { InspectorSection } from './InspectorSection';
import { SliderRow } from './SliderRow';
import { SwitchRow } from './SwitchRow';

const order: readonly OverlayKind[] = [
  'fillAndOutline',
  ...overlayKinds.filter((kind) => kind !== 'fillAndOutline'),
];

export function ViewSection() {
  const opacity = useMaskflow((state) => state.overlayOpacity);
  const setOpacity = useMaskflow((state) => state.setOverlayOpacity);
  const { kind, hasOnionSkin } = useMaskflow((state) => state.overlayStyle);
  const setStyle = useMaskflow((state) => state.setOverlayStyle);
  const percent = Math.round(opacity * 100);
  const hasFill = kind === 'fill' || kind === 'fillAndOutline';
  return (
    <InspectorSection id="view" title={viewText.title}>
      <label className="field-row">
        <span>{viewText.style}</span>
        <select
          className="field"
          value={kind}
          onChange={(event) => {
            const chosen = order.find((entry) => entry === event.currentTarget.value);
            setStyle({ kind: chosen ?? 'fillAndOutline' });
          }}
        >
          {order.map((entry) => (
            <option key={entry} value={entry}>
              {viewText.styles[entry]}
            </option>
          ))}
        </select>
      </label>
      <SliderRow
        label="Mask opacity"
        value={percent}
        min={0}
        max={100}
        step={5}
        text={`${percent} %`}
        spoken={`${percent} percent`}
        tip={inspectorText.outlinesOnly}
        isDisabled={!hasFill}
        onChange={(value) => setOpacity(value / 100)}
      />
      <SwitchRow
        label={viewText.onionSkin}
        tip={viewText.onionSkinTip}
        isOn={hasOnionSkin}
        onChange={(isOn) => setStyle({ hasOnionSkin: isOn })}
      />
      <AdjustmentsPart />
    </InspectorSection>
  );
}
