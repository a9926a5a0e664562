/** A model that is on this device: where its weights came from, how fast it is here, and how to let it go. */
import { bytesText } from '../../core/base/numberText';
import type { HydratedModel } from '../../core/models/modelStatus';
import { canPropagate, type ModelId } from '../../core/models/shelf';
import { useApp, useMaskflow } from '../hooks/useMaskflow';
import { Button } from '../shell/Button';
import { modelsText } from '../text/modelsText';
import { filled } from '../text/projectText';
import { TestFacts } from './TestFacts';

type HydratedFactsProps = {
  id: ModelId;
  model: HydratedModel;
  /** Of an earlier version: nothing but removing is of use. */
  isOutdated?: boolean;
};

/** By which word the file is the official one. */
function officialWords({ isOfficial, statedBy }: HydratedModel): string {
  if (isOfficial) {
    return modelsText.officials.yes;
  }
  if (statedBy) {
    return filled(modelsText.officials.stated, { host: statedBy });
  }
  return modelsText.officials[isOfficial === null ? 'unknown' : 'no'];
}

export function HydratedFacts({ id, model, isOutdated = false }: HydratedFactsProps) {
  const app = useApp();
  const setStudyData = useMaskflow((state) => state.setStudyData);
  const showModels = useMaskflow((state) => state.showModels);
  const isRead = useMaskflow(({ modelArrivals }) => modelArrivals[id]?.kind === 'working');
  const isBusy = useMaskflow(
    ({ propagation, studyJob, replayJob }) => propagation !== null || studyJob !== null || replayJob !== null,
  );
  const blocker = isRead ? modelsText.beingRead : isBusy ? modelsText.busy : null;
  /** The question must not lie under this page. */
  async function remove(): Promise<void> {
    setStudyData({ openTool: null });
    await app.models.remove(id);
    showModels(id);
  }
  return (
    <section className="model-section" aria-label={modelsText.onDevice}>
      <h4>{modelsText.onDevice}</h4>
      <dl className="model-facts">
        <dt>{modelsText.readFrom}</dt>
        <dd>
          {model.checkpointName} ({bytesText(model.checkpointBytes)})
        </dd>
        <dt>{modelsText.fileHash}</dt>
        <dd className="model-hash">{model.checkpointSha256 ?? modelsText.unknownHash}</dd>
        <dt>{modelsText.official}</dt>
        <dd className={model.isOfficial === false && !model.statedBy ? 'is-bad' : ''}>
          {officialWords(model)}
        </dd>
        <dt>{modelsText.precision}</dt>
        <dd>
          {modelsText.precisions[model.variant]}, {bytesText(model.storedBytes)}
          {model.variant === 'fp16' && canPropagate(id) ? `. ${modelsText.halfUnproven}` : ''}
        </dd>
        {isOutdated ? null : <TestFacts id={id} />}
      </dl>
      <div className="model-use">
        <Button disabledReason={blocker} onClick={() => void remove()}>
          {modelsText.remove}
        </Button>
      </div>
    </section>
  );
}
