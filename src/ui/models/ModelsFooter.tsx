/** What models take up on this device, and where copies of the official files may lie. */
import { useId, useState } from 'react';
import { isMirrorAddress } from '../../app/models/modelMirror';
import { bytesText } from '../../core/base/numberText';
import { useApp, useMaskflow } from '../hooks/useMaskflow';
import { modelsText } from '../text/modelsText';
import { filled } from '../text/projectText';

export function ModelsFooter() {
  const app = useApp();
  const noteId = useId();
  const stored = useMaskflow(({ hydratedModels, outdatedModels }) =>
    [...Object.values(hydratedModels), ...Object.values(outdatedModels)].reduce(
      (sum, model) => sum + model.storedBytes,
      0,
    ),
  );
  const broken = useMaskflow(({ partialDownloads, modelArrivals }) =>
    partialDownloads
      // One that goes on is not broken.
      .filter(({ id }) => modelArrivals[id]?.kind !== 'working')
      .reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
  );
  const mirror = useMaskflow((state) => state.modelMirror);
  const [address, setAddress] = useState(mirror);
  const isWrong = address.trim() !== '' && !isMirrorAddress(address);
  return (
    <footer className="models-footer">
      <p>
        {stored > 0 ? filled(modelsText.storage, { size: bytesText(stored) }) : modelsText.storageNone}
        {broken > 0 ? ` ${filled(modelsText.storageBroken, { size: bytesText(broken) })}` : ''}
      </p>
      <label className="models-mirror">
        <span>{modelsText.mirror}</span>
        <input
          type="url"
          className="field"
          value={address}
          placeholder="https://"
          aria-describedby={noteId}
          aria-invalid={isWrong}
          onChange={({ currentTarget }) => setAddress(currentTarget.value)}
          onBlur={() => !isWrong && app.models.setMirror(address.trim())}
          onKeyDown={({ key }) => key === 'Enter' && !isWrong && app.models.setMirror(address.trim())}
        />
      </label>
      <p id={noteId} className={isWrong ? 'is-bad' : 'muted'}>
        {isWrong ? modelsText.mirrorWrong : modelsText.mirrorNote}
      </p>
    </footer>
  );
}
