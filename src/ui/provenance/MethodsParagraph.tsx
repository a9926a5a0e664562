/** The methods paragraph, to be read and copied. */
import { useEffect, useState } from 'react';
import { useApp, useMaskflow } from '../hooks/useMaskflow';
import { Button } from '../shell/Button';
import { download } from '../../app/exportMasks';
import { stemOf } from '../study/stemOf';
import { provenanceText, studyText } from '../text/studyText';

const COPIED_MS = 2000;

export function MethodsParagraph() {
  const app = useApp();
  const footageName = useMaskflow((state) => state.footage?.name ?? '');
  const [text, setText] = useState<string | null>(null);
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    void app.study.methodsText().then(setText);
  }, [app]);
  async function copy(): Promise<void> {
    await navigator.clipboard.writeText(text ?? '');
    setCopied(true);
    setTimeout(() => setCopied(false), COPIED_MS);
  }
  async function save(): Promise<void> {
    const json = await app.study.provenanceText();
    download(new Blob([json], { type: 'application/json' }), `${stemOf(footageName)}-provenance.json`);
  }
  return (
    <section aria-labelledby="methods-heading">
      <h3 id="methods-heading" className="provenance-heading">
        {provenanceText.paragraph}
      </h3>
      <p className="muted provenance-note">{provenanceText.paragraphNote}</p>
      <p className="methods-paragraph" data-testid="methods-paragraph">
        {text ?? studyText.loading}
      </p>
      <div className="button-row">
        <Button look="primary" onClick={() => void copy()}>
          {isCopied ? provenanceText.copied : provenanceText.copy}
        </Button>
        <Button onClick={() => void save()}>{provenanceText.save}</Button>
      </div>
    </section>
  );
}
