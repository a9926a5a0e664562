/** One official file: its size, hash and licence, and the way to it. */
import { Download, ExternalLink } from 'lucide-react';
import { bytesText } from '../../core/base/numberText';
import type { OfferedSource } from '../../core/models/modelOffer';
import type { ModelId } from '../../core/models/shelf';
import { useMaskflow } from '../hooks/useMaskflow';
import { Button } from '../shell/Button';
import { modelsText } from '../text/modelsText';
import { filled } from '../text/projectText';
import { mirrorUrl } from '../../app/models/modelMirror';
import { hostOf } from './modelWords';

type ModelSourceProps = { id: ModelId; source: OfferedSource; onDownload: (address: string) => void };

export function ModelSource({ id, source, onDownload }: ModelSourceProps) {
  const { kind, url, fileName, sizeBytes, sha256, sha256Prefix, licence } = source;
  const mirror = useMaskflow((state) => mirrorUrl(state.modelMirror, id, fileName));
  const hash =
    sha256 ??
    (sha256Prefix ? filled(modelsText.hashBegins, { prefix: sha256Prefix }) : modelsText.hashUnknown);
  return (
    <div className="model-source">
      <dl className="model-facts">
        <dt>{modelsText.file}</dt>
        <dd>
          {fileName} {filled(modelsText.downloadFrom, { host: hostOf(url) })}
        </dd>
        <dt>{modelsText.size}</dt>
        <dd>{sizeBytes === null ? modelsText.sizeUnknown : bytesText(sizeBytes)}</dd>
        <dt>{modelsText.hash}</dt>
        <dd className={sha256 ? 'model-hash' : ''}>{hash}</dd>
        <dt>{modelsText.licence}</dt>
        <dd>{licence}</dd>
      </dl>
      <div className="model-use">
        {kind === 'download' ? (
          <Button look="primary" onClick={() => onDownload(url)}>
            <Download aria-hidden="true" />
            {modelsText.download}
          </Button>
        ) : (
          <a className="button" href={url} target="_blank" rel="noreferrer" title={modelsText.linkNote}>
            <ExternalLink aria-hidden="true" />
            {modelsText.openLink}
          </a>
        )}
        {mirror ? (
          <Button onClick={() => onDownload(mirror)}>
            <Download aria-hidden="true" />
            {modelsText.fromMirror}
          </Button>
        ) : null}
      </div>
      {kind === 'link' ? <p className="muted model-note">{modelsText.linkNote}</p> : null}
    </div>
  );
}
