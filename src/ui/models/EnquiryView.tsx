/** What a host says of a file before it is downloaded, and the press that starts the download. */
import { CircleAlert, Download } from 'lucide-react';
import type { HostEnquiry, HostStatement } from '../../core/models/hostStatement';
import type { OfferedSource } from '../../core/models/modelOffer';
import type { ModelId } from '../../core/models/shelf';
import { useApp } from '../hooks/useMaskflow';
import { bytesText } from '../../core/base/numberText';
import { Button } from '../shell/Button';
import { modelsText } from '../text/modelsText';
import { filled } from '../text/projectText';
import { hostOf } from './modelWords';
import { RoomNote } from './RoomNote';

type EnquiryViewProps = {
  id: ModelId;
  source: OfferedSource;
  enquiry: HostEnquiry;
  /** Bytes of weights that will be made of the file. */
  weightBytes: number;
  onDownload: (address: string, stated?: HostStatement) => void;
};

export function EnquiryView({ id, source, enquiry, weightBytes, onDownload }: EnquiryViewProps) {
  const app = useApp();
  const { url, kind } = enquiry;
  const host = hostOf(url);
  const end = (label: string) => <Button onClick={() => app.models.endEnquiry(id)}>{label}</Button>;
  if (kind === 'asking') {
    return (
      <div className="model-enquiry">
        <output>{filled(modelsText.asking, { host })}</output>
        <div className="model-use">{end(modelsText.cancel)}</div>
      </div>
    );
  }
  if (kind === 'failed') {
    const { what, safe, todo } = enquiry.message;
    return (
      <section className="model-enquiry is-failed" role="alert" aria-label={modelsText.notTold}>
        <p>
          <CircleAlert aria-hidden="true" /> <strong>{what}</strong> {safe} {todo}
        </p>
        <div className="model-use">
          <Button onClick={() => void app.models.askHost(id, url)}>{modelsText.askAgain}</Button>
          {enquiry.message.code === 'checkpoint-mismatch' ? null : (
            <Button onClick={() => onDownload(url)}>{modelsText.downloadUnknown}</Button>
          )}
          <a className="button" href={url} target="_blank" rel="noreferrer">
            {modelsText.openLink}
          </a>
          {end(modelsText.dismiss)}
        </div>
      </section>
    );
  }
  const { statement } = enquiry;
  const sizeBytes = statement.sizeBytes ?? source.sizeBytes;
  return (
    <section className="model-enquiry" aria-label={filled(modelsText.statedBy, { host })}>
      <p>
        <strong>{filled(modelsText.statedBy, { host })}</strong>
      </p>
      <dl className="model-facts">
        <dt>{modelsText.file}</dt>
        <dd>{source.fileName}</dd>
        <dt>{modelsText.size}</dt>
        <dd>{statement.sizeBytes === null ? modelsText.notStated : bytesText(statement.sizeBytes)}</dd>
        <dt>{modelsText.hash}</dt>
        <dd className={statement.sha256 ? 'model-hash' : ''}>{hashWords(statement, source)}</dd>
        <dt>{modelsText.licence}</dt>
        <dd>{source.licence}</dd>
      </dl>
      <RoomNote id={id} fileBytes={sizeBytes ?? weightBytes} weightBytes={weightBytes} />
      <div className="model-use">
        <Button look="primary" onClick={() => onDownload(url, statement)}>
          <Download aria-hidden="true" />
          {modelsText.downloadIt}
        </Button>
        {end(modelsText.cancel)}
      </div>
    </section>
  );
}

/** The one that is known here is checked in any case; a mirror states none. */
function hashWords(statement: HostStatement, source: OfferedSource): string {
  return statement.sha256 ?? (source.sha256 === null ? modelsText.hashNotStated : modelsText.hashKnown);
}
