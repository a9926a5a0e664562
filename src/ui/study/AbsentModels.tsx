/** The models that a study could set side by side too, were they on this device, and the way to them. */
import { models, videoModels } from '../../core/models/shelf';
import { useMaskflow } from '../hooks/useMaskflow';
import { Button } from '../shell/Button';
import { modelsText } from '../text/modelsText';

export function AbsentModels() {
  const hydrated = useMaskflow((state) => state.hydratedModels);
  const showModels = useMaskflow((state) => state.showModels);
  const absent = videoModels.filter((id) => !hydrated[id]);
  if (absent.length === 0) {
    return null;
  }
  return (
    <div className="study-absent">
      {absent.map((id) => (
        <label key={id} className="study-choice muted">
          <input type="checkbox" disabled />
          {models[id].name}
        </label>
      ))}
      <p className="study-note muted">{modelsText.absent}</p>
      <Button onClick={() => showModels(absent[0] ?? null)}>{modelsText.menu}</Button>
    </div>
  );
}
