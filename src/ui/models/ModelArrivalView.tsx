/** A file on its way to becoming a model's weights, or the reason why it could not. */
import { CircleAlert } from 'lucide-react';
import type { ModelArrival } from '../../core/models/modelStatus';
import { models, type ModelId } from '../../core/models/shelf';
import { useApp, useMaskflow } from '../hooks/useMaskflow';
import { Button } from '../shell/Button';
import { ProgressBar } from '../shell/ProgressBar';
import { modelsText } from '../text/modelsText';
import { filled } from '../text/projectText';

type ModelArrivalViewProps = { id: ModelId; arrival: ModelArrival };

export function ModelArrivalView({ id, arrival }: ModelArrivalViewProps) {
  const app = useApp();
  const setModelArrival = useMaskflow((state) => state.setModelArrival);
  if (arrival.kind === 'working') {
    const percent = arrival.fraction === null ? '' : ` ${Math.floor(arrival.fraction * 100)} %`;
    return (
      <div className="model-arrival">
        <p className="model-phase">
          {arrival.phase}
          {percent}
        </p>
        <ProgressBar className="model-bar" label={arrival.phase} fraction={arrival.fraction} />
        <Button onClick={() => app.models.cancelHydration(id)}>{modelsText.cancel}</Button>
      </div>
    );
  }
  const { message, details, belongsTo } = arrival;
  return (
    <section className="model-refused" role="alert" aria-label={modelsText.refused}>
      <CircleAlert aria-hidden="true" />
      <div className="stack">
        <p>
          <strong>{message.what}</strong>
        </p>
        <p>
          {message.safe} {message.todo}
        </p>
        {details.length > 0 ? (
          <details>
            <summary>{filled(modelsText.details, { count: String(details.length) })}</summary>
            <ul className="model-details">
              {details.map((detail) => (
                <li key={detail}>{detail}</li>
              ))}
            </ul>
          </details>
        ) : null}
        <div className="model-use">
          {belongsTo ? (
            <Button look="primary" onClick={() => void app.models.readWhereItBelongs(id)}>
              {filled(modelsText.readThere, { name: models[belongsTo].name })}
            </Button>
          ) : null}
          <Button onClick={() => setModelArrival(id, null)}>{modelsText.dismiss}</Button>
        </div>
      </div>
    </section>
  );
}
