/** How to get the official file of a model, told before anything is downloaded. */
import { useState } from 'react';
import type { HostStatement } from '../../core/models/hostStatement';
import { bytesText } from '../../core/base/numberText';
import { beginsWithHalf, offeredVariant, type ModelOffer } from '../../core/models/modelOffer';
import { canPropagate } from '../../core/models/shelf';
import { useApp, useMaskflow } from '../hooks/useMaskflow';
import { modelsText } from '../text/modelsText';
import { ModelDrop } from './ModelDrop';
import { ModelSource } from './ModelSource';
import { RoomNote } from './RoomNote';

type GetModelProps = { offer: ModelOffer; isHere: boolean };

export function GetModel({ offer, isHere }: GetModelProps) {
  const app = useApp();
  const canHalf = useMaskflow((state) => state.hasHalfPrecision) === true;
  const isVideo = canPropagate(offer.id);
  const [wantsHalf, setWantsHalf] = useState(beginsWithHalf(offer.id));
  const { fp32, fp16 } = offer.variants;
  const variant = offeredVariant(offer, canHalf && wantsHalf);
  const weightBytes = offer.variants[variant]?.weightBytes ?? 0;
  const aboutBytes = fp32?.weightBytes ?? weightBytes;
  const fileBytes = offer.sources.find(({ kind }) => kind === 'download')?.sizeBytes ?? aboutBytes;
  const canDownload = offer.sources.some(({ kind }) => kind === 'download');
  const hydrate = (from: File | string, stated?: HostStatement): void =>
    void app.models.hydrate(offer.id, { from, variant, ...(stated ? { stated } : {}) });
  return (
    <section className="model-section" aria-label={isHere ? modelsText.replaceIt : modelsText.getIt}>
      <h4>{isHere ? modelsText.replaceIt : modelsText.getIt}</h4>
      {offer.sources.map((source) => (
        <ModelSource
          key={source.url}
          id={offer.id}
          source={source}
          aboutBytes={aboutBytes}
          weightBytes={weightBytes}
          isHere={isHere}
          onDownload={hydrate}
        />
      ))}
      <ModelDrop offer={offer} onFile={hydrate} />
      {canDownload ? (
        <RoomNote id={offer.id} fileBytes={fileBytes} weightBytes={weightBytes} />
      ) : (
        <p className="muted model-note">
          {modelsText.needs} {bytesText(weightBytes)} ({modelsText.precisions[variant]}).
        </p>
      )}
      <p className="muted model-note">
        {modelsText.source}: {offer.source}, {offer.licence}.
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
