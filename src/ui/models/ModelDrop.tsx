/** Takes the official file of a model: dropped anywhere while the page is open, or chosen. */
import { FileInput } from 'lucide-react';
import { useRef } from 'react';
import type { ModelOffer } from '../../core/models/modelOffer';
import { models } from '../../core/models/shelf';
import { Button } from '../shell/Button';
import { modelsText } from '../text/modelsText';
import { filled } from '../text/projectText';
import { useModelDrop } from './useModelDrop';

const accepted: Record<ModelOffer['containers'][number], string> = {
  pytorch: '.pt,.pth,.bin',
  safetensors: '.safetensors',
  onnx: '.onnx',
};

type ModelDropProps = { offer: ModelOffer; onFile: (file: File) => void };

export function ModelDrop({ offer, onFile }: ModelDropProps) {
  const input = useRef<HTMLInputElement>(null);
  const isOver = useModelDrop(onFile);
  const names = [...new Set(offer.sources.map(({ fileName }) => fileName))].join(' or ');
  const accept = offer.containers.map((container) => accepted[container]).join(',');
  return (
    <div className={`model-drop ${isOver ? 'is-over' : ''}`}>
      <FileInput aria-hidden="true" />
      <span>
        {filled(modelsText.drop, { files: names || modelsText.anyFile })} {modelsText.dropOr}
      </span>
      <Button onClick={() => input.current?.click()}>{modelsText.choose}</Button>
      <input
        ref={input}
        hidden
        type="file"
        data-testid="model-file"
        aria-label={filled(modelsText.chooseLabel, { name: models[offer.id].name })}
        accept={accept || undefined}
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          // Cleared, so that choosing the same file again is a change too.
          currentTarget.value = '';
          if (file) {
            onFile(file);
          }
        }}
      />
    </div>
  );
}
