/** What is kept of a download that broke: its size, and the way to let it go. */
import { bytesText } from '../../core/base/numberText';
import type { ModelId } from '../../core/models/shelf';
import { useApp, useMaskflow } from '../hooks/useMaskflow';
import { Button } from '../shell/Button';
import { modelsText } from '../text/modelsText';
import { filled } from '../text/projectText';

type BrokenDownloadProps = { id: ModelId };

export function BrokenDownload({ id }: BrokenDownloadProps) {
  const app = useApp();
  const sizeBytes = useMaskflow(
    ({ partialDownloads }) => partialDownloads.find((part) => part.id === id)?.sizeBytes,
  );
  return sizeBytes === undefined ? null : (
    <section className="model-section" aria-label={modelsText.brokenDownload}>
      <h4>{modelsText.brokenDownload}</h4>
      <p className="muted model-note">{filled(modelsText.brokenNote, { size: bytesText(sizeBytes) })}</p>
      <div className="model-use">
        <Button onClick={() => void app.models.discardDownload(id)}>{modelsText.discard}</Button>
      </div>
    </section>
  );
}
