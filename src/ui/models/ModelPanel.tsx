/** One model in full. */
import { CircleAlert, FlaskConical } from 'lucide-react';
import { BUILT_IN_MODEL, models, type ModelId } from '../../core/models/shelf';
import { useMaskflow } from '../hooks/useMaskflow';
import { modelsText } from '../text/modelsText';
import { filled } from '../text/projectText';
import { BrokenDownload } from './BrokenDownload';
import { BuiltInFacts } from './BuiltInFacts';
import { GetModel } from './GetModel';
import { HydratedFacts } from './HydratedFacts';
import { ModelArrivalView } from './ModelArrivalView';
import { ModelUse } from './ModelUse';
import { WorkingSizeField } from './WorkingSizeField';

type ModelPanelProps = { id: ModelId };

export function ModelPanel({ id }: ModelPanelProps) {
  const offers = useMaskflow((state) => state.modelOffers);
  const hydrated = useMaskflow((state) => state.hydratedModels[id]);
  const outdated = useMaskflow((state) => state.outdatedModels[id]);
  const arrival = useMaskflow((state) => state.modelArrivals[id]);
  const offer = offers?.[id];
  const isBuiltIn = id === BUILT_IN_MODEL;
  return (
    <section className="model-panel" aria-labelledby="model-name">
      <h3 id="model-name" className="model-name">
        {models[id].name}
      </h3>
      <p className="model-good">{models[id].goodFor}</p>
      {offer?.testedWith === 'seeded weights' && !isBuiltIn ? (
        <p className="model-caution">
          <FlaskConical aria-hidden="true" />
          <span>
            <strong>{modelsText.seededFirst}</strong>{' '}
            {filled(modelsText.seeded, { heldAgainst: models[id].heldAgainst })}
          </span>
        </p>
      ) : null}
      {outdated ? (
        <p className="model-caution">
          <CircleAlert aria-hidden="true" />
          <span>{modelsText.outdatedNote}</span>
        </p>
      ) : null}
      {arrival ? <ModelArrivalView id={id} arrival={arrival} /> : null}
      {arrival?.kind === 'working' ? null : <BrokenDownload id={id} />}
      {hydrated || isBuiltIn ? <ModelUse id={id} /> : null}
      {hydrated && id === 'xmem' ? <WorkingSizeField /> : null}
      {hydrated ? <HydratedFacts id={id} model={hydrated} /> : null}
      {outdated ? <HydratedFacts id={id} model={outdated} isOutdated /> : null}
      {isBuiltIn ? <BuiltInFacts /> : null}
      {offer && !isBuiltIn && arrival?.kind !== 'working' ? (
        <GetModel offer={offer} isHere={hydrated !== undefined} />
      ) : null}
      {offer || isBuiltIn ? null : (
        <p className="muted">{offers ? modelsText.noOffer : modelsText.looking}</p>
      )}
    </section>
  );
}
