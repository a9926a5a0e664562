/** How to get the official file of a model, told before anything is downloaded. */
import { useState } from 'react';
import { bytesText } from '../../core/base/numberText';
import type { ModelVariant } from '../../core/models/modelStatus';
import type { ModelOffer } from '../../core/models/modelOffer';
import { canPropagate } from '../../core/models/shelf';
import { useApp, useMaskflow } from '../hooks/useMaskflow';
import { modelsText } from '../text/modelsText';
import { ModelDrop } from './ModelDrop';
import { ModelSource } from './ModelSource';

type GetModelProps = { offer: ModelOffer; isHere: boolean };

export function GetModel({ offer, isHere }: GetModelProps) {
  const app = useApp();
  const canHalf = useMaskflow((state) => state.hasHalfPrecision) === true;
  const isVideo = canPropagate(offer.id);
  // What a memory rounds, later frames build on: 16 bit is not proved there.
  const [wantsHalf, setWantsHalf] = useState(!isVideo);
  const { fp32, fp16 } = offer.variants;
  const variant: ModelVariant = fp16 && ((canHalf && wantsHalf) || !fp32) ? 'fp16' : 'fp32';
  const hydrate = (from: File | string): void => void app.models.hydrate(offer.id, { from, variant });
  return (
    <section className="model-section" aria-label={isHere ? modelsText.replaceIt : modelsText.getIt}>
      <h4>{isHere ? modelsText.replaceIt : modelsText.getIt}</h4>
      {offer.sources.map((source) => (
        <ModelSource key={source.url} id={offer.id} source={source} onDownload={hydrate} />
      ))}
      <ModelDrop offer={offer} onFile={hydrate} />
      <p className="muted model-note">
        {modelsText.needs} {bytesText(offer.variants[variant]?.weightBytes ?? 0)} (
        {modelsText.precisions[variant]}). {modelsText.source}: {offer.source}, {offer.licence}.
      </p>
      {fp16 && fp32 && canHalf ? (
        <label className="model-check">
          <input
            type="checkbox"
            checked={wantsHalf}
            onChange={({ currentTarget }) => setWantsHalf(currentTarget.checked)}
          />
          {modelsText.halfWanted}
        </label>
      ) : null}
      {fp16 && canHalf && isVideo ? <p className="muted model-note">{modelsText.halfUnproven}</p> : null}
      {fp16 && fp32 && !canHalf ? <p className="muted model-note">{modelsText.noHalf}</p> : null}
    </section>
  );
}
