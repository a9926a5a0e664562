/** How strongly the masks cover the picture. */
import { useMaskflow } from '../hooks/useMaskflow';
import { inspectorText } from '../text';

export function OverlaySection() {
  const opacity = useMaskflow((state) => state.overlayOpacity);
  const setOpacity = useMaskflow((state) => state.setOverlayOpacity);
  const percent = Math.round(opacity * 100);
  return (
    <section className="inspector-section" aria-labelledby="overlay-title">
      <h2 id="overlay-title" className="panel-title">
        View
      </h2>
      <label className="slider-row">
        <span>Mask opacity</span>
        <input
          type="range"
          min={0}
          max={100}
          step={5}
          value={percent}
          aria-valuetext={`${percent} percent`}
          onChange={(event) => setOpacity(Number(event.currentTarget.value) / 100)}
        />
        <output>{percent} %</output>
      </label>
      <p className="muted">{inspectorText.outlinesOnly}</p>
    </section>
  );
}
