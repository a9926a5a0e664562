/** How large XMem sees the frames. */
import { shortSideOf, workingSizes, type WorkingSize } from '../../core/models/workingSize';
import { useMaskflow } from '../hooks/useMaskflow';
import { modelsText } from '../text/modelsText';
import { filled } from '../text/projectText';

export function WorkingSizeField() {
  const size = useMaskflow((state) => state.workingSize);
  const setWorkingSize = useMaskflow((state) => state.setWorkingSize);
  const provider = useMaskflow((state) =>
    state.engine.kind === 'ready' ? state.engine.info.provider : 'wasm',
  );
  function words(of: WorkingSize): string {
    const px = String(shortSideOf(of, provider));
    return of === 'auto'
      ? filled(modelsText.sizeAuto, { px })
      : of === 'source'
        ? modelsText.sizeSource
        : filled(modelsText.sizePx, { px });
  }
  return (
    <label className="model-check">
      {modelsText.workingSize}
      <select
        className="field"
        value={String(size)}
        onChange={({ currentTarget }) => {
          const chosen = workingSizes.find((of) => String(of) === currentTarget.value);
          setWorkingSize(chosen ?? 'auto');
        }}
      >
        {workingSizes.map((of) => (
          <option key={of} value={String(of)}>
            {words(of)}
          </option>
        ))}
      </select>
      <span className="muted">{modelsText.workingSizeNote}</span>
    </label>
  );
}
