/** The model that comes with the app: nothing to get, but how fast it is here is worth knowing. */
import { BUILT_IN_MODEL } from '../../core/models/shelf';
import { useApp } from '../hooks/useMaskflow';
import { modelsText } from '../text/modelsText';
import { TestFacts } from './TestFacts';
import { useModelDrop } from './useModelDrop';

export function BuiltInFacts() {
  const app = useApp();
  // A file that is dropped here is some other model's.
  useModelDrop((file) => void app.models.readWhoevers(file));
  return (
    <section className="model-section" aria-label={modelsText.onDevice}>
      <h4>{modelsText.onDevice}</h4>
      <dl className="model-facts">
        <TestFacts id={BUILT_IN_MODEL} />
      </dl>
      <p className="muted model-note">{modelsText.builtInNote}</p>
    </section>
  );
}
