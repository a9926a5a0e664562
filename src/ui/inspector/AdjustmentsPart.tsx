/** Brightness, contrast, gamma and channels of the picture, for the eye and, where wanted, for the model. */
import { percentText } from '../../core/base/numberText';
import { isNeutral } from '../../core/display/displayAdjustments';
import { RotateCcw } from 'lucide-react';
import { useMaskflow } from '../hooks/useMaskflow';
import { IconButton } from '../shell/IconButton';
import { viewText } from '../text/viewText';
import { SliderRow } from './SliderRow';
import { SwitchRow } from './SwitchRow';

/** Sliders of factors run over powers of two, so that 1 lies in the middle and half and double are alike. */
const factorSteps = { min: -2, max: 2, step: 0.05 };

export function AdjustmentsPart() {
  const { adjustments, isForModel } = useMaskflow((state) => state.display);
  const setAdjustments = useMaskflow((state) => state.setAdjustments);
  const resetAdjustments = useMaskflow((state) => state.resetAdjustments);
  const setForModel = useMaskflow((state) => state.setForModel);
  const { brightness, contrast, gamma, channelGains } = adjustments;
  const isPlain = isNeutral(adjustments);
  return (
    <div className="inspector-part adjustments">
      <div className="part-head">
        <h3 className="panel-title">{viewText.adjust}</h3>
        <IconButton
          label={viewText.reset}
          disabledReason={isPlain ? viewText.isPlain : null}
          onClick={() => resetAdjustments()}
        >
          <RotateCcw />
        </IconButton>
      </div>
      <SliderRow
        label={viewText.brightness}
        value={Math.round(brightness * 100)}
        min={-100}
        max={100}
        step={1}
        text={String(Math.round(brightness * 100))}
        onChange={(value) => setAdjustments({ brightness: value / 100 })}
      />
      <SliderRow
        label={viewText.contrast}
        {...factorSteps}
        value={Math.log2(Math.max(contrast, 0.25))}
        text={percentText(contrast)}
        onChange={(value) => setAdjustments({ contrast: 2 ** value })}
      />
      <SliderRow
        label={viewText.gamma}
        {...factorSteps}
        value={Math.log2(gamma)}
        text={gamma.toFixed(2)}
        onChange={(value) => setAdjustments({ gamma: 2 ** value })}
      />
      {viewText.channels.map((name, channel) => (
        <SliderRow
          key={name}
          label={name}
          value={Math.round((channelGains[channel] ?? 1) * 100)}
          min={0}
          max={200}
          step={5}
          text={percentText(channelGains[channel] ?? 1)}
          onChange={(value) => {
            const [red, green, blue] = channelGains.map((gain, at) => (at === channel ? value / 100 : gain));
            setAdjustments({ channelGains: [red ?? 1, green ?? 1, blue ?? 1] });
          }}
        />
      ))}
      <SwitchRow
        label={viewText.forModel}
        tip={viewText.forModelTip}
        isOn={isForModel}
        onChange={setForModel}
      />
    </div>
  );
}
