/** One official file: its size, hash and licence, and the way to it. */
import { Download, ExternalLink } from 'lucide-react';
import { mirrorUrl } from '../../app/models/modelMirror';
import type { HostStatement } from '../../core/models/hostStatement';
import type { OfferedSource } from '../../core/models/modelOffer';
import type { ModelId } from '../../core/models/shelf';
import { useApp, useMaskflow } from '../hooks/useMaskflow';
import { bytesText } from '../../core/base/numberText';
import { Button } from '../shell/Button';
import { modelsText } from '../text/modelsText';
import { filled } from '../text/projectText';
import { EnquiryView } from './EnquiryView';
import { hostOf } from './modelWords';

type ModelSourceProps = {
  id: ModelId;
  source: OfferedSource;
  /** Bytes of the weights in 32 bits, which the file holds about. */
  aboutBytes: number;
  /** Bytes of weights that will be made of the file. */
  weightBytes: number;
  /** Whether the model is here: then getting it is not the next step. */
  isHere: boolean;
  onDownload: (address: string, stated?: HostStatement) => void;
};

export function ModelSource({ id, source, aboutBytes, weightBytes, isHere, onDownload }: ModelSourceProps) {
  const { kind, url, fileName, sizeBytes, sha256, sha256Prefix, licence } = source;
  const mirror = useMaskflow((state) => mirrorUrl(state.modelMirror, id, fileName));
  const enquiry = useMaskflow(({ hostEnquiries }) => {
    const found = hostEnquiries[id];
    return found?.url === url || (found && found.url === mirror) ? found : undefined;
  });
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
        <dt>{modelsText.address}</dt>
        <dd className="model-address">{url}</dd>
        <dt>{modelsText.size}</dt>
        <dd>
          {sizeBytes === null
            ? filled(modelsText.sizeUnknown, { size: bytesText(aboutBytes) })
            : bytesText(sizeBytes)}
        </dd>
        <dt>{modelsText.hash}</dt>
        <dd className={sha256 ? 'model-hash' : ''}>{hash}</dd>
        <dt>{modelsText.licence}</dt>
        <dd>{licence}</dd>
      </dl>
      <div className="model-use">
        {kind === 'download' ? (
          <DownloadButton
            id={id}
            url={url}
            source={source}
            isNext={!isHere && enquiry?.url !== url}
            onDownload={onDownload}
          />
        ) : (
          <a className="button" href={url} target="_blank" rel="noreferrer" title={modelsText.linkNote}>
            <ExternalLink aria-hidden="true" />
            {modelsText.openLink}
          </a>
        )}
        {mirror ? <DownloadButton id={id} url={mirror} source={source} onDownload={onDownload} /> : null}
      </div>
      {enquiry ? (
        <EnquiryView
          id={id}
          source={source}
          enquiry={enquiry}
          weightBytes={weightBytes}
          onDownload={onDownload}
        />
      ) : null}
      {kind === 'link' ? <p className="muted model-note">{modelsText.linkNote}</p> : null}
    </div>
  );
}

type DownloadButtonProps = Pick<ModelSourceProps, 'id' | 'source' | 'onDownload'> & {
  url: string;
  /** Whether nothing else is the next step. */
  isNext?: boolean;
};

/** What is not known of the file is asked of its host first. */
function DownloadButton({ id, url, source, isNext = false, onDownload }: DownloadButtonProps) {
  const app = useApp();
  const isKnown = source.sizeBytes !== null && source.sha256 !== null;
  const label = url === source.url ? modelsText.download : modelsText.fromMirror;
  return (
    <Button
      {...(isNext ? { look: 'primary' } : {})}
      {...(isKnown ? {} : { tip: filled(modelsText.asksFirst, { host: hostOf(url) }) })}
      onClick={() => (isKnown ? onDownload(url) : void app.models.askHost(id, url))}
    >
      <Download aria-hidden="true" />
      {isKnown ? label : `${label}…`}
    </Button>
  );
}
