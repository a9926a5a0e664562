/** The engine in full: model, provider, the reason for a fallback, and what stays on this computer. */
import type { EngineInfo } from '../../core/engine/engineInfo';
import type { HydratedModel } from '../../core/models/modelStatus';
import type { EngineStatus } from '../../state/maskflowState';
import { useApp, useMaskflow } from '../hooks/useMaskflow';
import { Button } from '../shell/Button';
import { modelLicenceText, privacyText } from '../text';
import { modelsText } from '../text/modelsText';
import { engineText } from './engineText';
import { keptOf, modelFacts } from './modelInUse';

type EngineDetailsProps = { engine: EngineStatus; activity: string | null };

function factsOf(info: EngineInfo, kept: HydratedModel | undefined): [string, string][] {
  const facts: [string, string][] = [
    ...modelFacts(info, kept),
    ['Runs on', info.provider === 'webgpu' ? 'WebGPU (graphics card)' : 'WebAssembly (processor)'],
  ];
  if (info.adapter) {
    facts.push(['Adapter', info.adapter]);
  }
  if (info.provider === 'wasm') {
    facts.push(['Threads', String(info.threads)]);
  }
  if (info.testedWith === 'seeded weights') {
    facts.push(['Tested with', modelsText.seededShort]);
  }
  if (info.fallbackReason) {
    facts.push(['Why not the faster one', info.fallbackReason]);
  }
  return facts;
}

export function EngineDetails({ engine, activity }: EngineDetailsProps) {
  const app = useApp();
  const kept = useMaskflow(({ hydratedModels }) => keptOf(engine, hydratedModels));
  const showModels = useMaskflow((state) => state.showModels);
  return (
    <div className="stack">
      {engine.kind === 'ready' ? (
        <dl className="facts">
          {factsOf(engine.info, kept).map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
          <div>
            <dt>Doing</dt>
            <dd>{activity ?? 'Waiting for prompts'}</dd>
          </div>
        </dl>
      ) : (
        <p>{engineText(engine)}</p>
      )}
      {engine.kind === 'failed' ? (
        <Button look="primary" onClick={() => void app.retryEngine()}>
          Try again
        </Button>
      ) : null}
      <div>
        <Button onClick={() => showModels(null)}>{modelsText.menu}</Button>
      </div>
      <p>{privacyText}</p>
      <p className="muted">{modelLicenceText}</p>
    </div>
  );
}
