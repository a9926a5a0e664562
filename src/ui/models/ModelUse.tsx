/** Puts a model to use: for prompts, for propagation, or both. */
import { Check } from 'lucide-react';
import { BUILT_IN_MODEL, canPrompt, canPropagate, type ModelId } from '../../core/models/shelf';
import { useApp, useMaskflow } from '../hooks/useMaskflow';
import { Button } from '../shell/Button';
import { modelsText } from '../text/modelsText';

type ModelUseProps = { id: ModelId };

export function ModelUse({ id }: ModelUseProps) {
  const app = useApp();
  const promptingModel = useMaskflow((state) => state.promptingModel);
  const propagationEngine = useMaskflow((state) => state.propagationEngine);
  const setPropagationEngine = useMaskflow((state) => state.setPropagationEngine);
  const isLoading = useMaskflow((state) => state.engine.kind === 'loading');
  const present = useMaskflow((state) =>
    state.engine.kind === 'ready' ? (state.engine.info.modelId ?? BUILT_IN_MODEL) : null,
  );
  const drawsNow = present === id && promptingModel === id;
  return (
    <div className="model-use">
      {canPrompt(id) ? (
        <Button
          aria-pressed={drawsNow}
          className={drawsNow ? 'is-chosen' : ''}
          disabledReason={isLoading ? modelsText.loadingEngine : null}
          onClick={() => app.models.choosePrompting(id)}
        >
          {drawsNow ? <Check aria-hidden="true" /> : null}
          {drawsNow ? modelsText.drawsNow : modelsText.drawWith}
        </Button>
      ) : null}
      {canPropagate(id) ? (
        <Button
          aria-pressed={propagationEngine === id}
          className={propagationEngine === id ? 'is-chosen' : ''}
          onClick={() => setPropagationEngine(propagationEngine === id ? 'memory' : id)}
        >
          {propagationEngine === id ? <Check aria-hidden="true" /> : null}
          {propagationEngine === id ? modelsText.propagatesNow : modelsText.propagateWith}
        </Button>
      ) : null}
      {canPrompt(id) && id !== BUILT_IN_MODEL ? (
        <p className="muted model-note">{modelsText.drawsAll}</p>
      ) : null}
    </div>
  );
}
