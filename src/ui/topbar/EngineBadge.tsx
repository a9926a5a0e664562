/** What SAM runs on and what it is doing, with the details on demand. */
import { Popover } from '@base-ui/react/popover';
import { Cpu, Info, TriangleAlert } from 'lucide-react';
import { useMaskflow } from '../hooks/useMaskflow';
import { EngineDetails } from './EngineDetails';
import { activityText, engineText, engineTitle } from './engineText';
import { keptOf } from './modelInUse';

export function EngineBadge() {
  const engine = useMaskflow((state) => state.engine);
  const activity = useMaskflow((state) => activityText(state.encodingFrame, state.predictingFrame));
  const title = useMaskflow((state) => engineTitle(engine, keptOf(engine, state.hydratedModels)));
  const isFailed = engine.kind === 'failed';
  const hasFallback = engine.kind === 'ready' && engine.info.fallbackReason !== null;
  const words = engine.kind === 'ready' && activity ? activity : engineText(engine);
  const Icon = isFailed ? TriangleAlert : hasFallback ? Info : Cpu;
  return (
    <Popover.Root>
      <Popover.Trigger
        className={`button is-quiet status-button engine-badge ${isFailed ? 'is-failed' : ''}`}
        aria-label={`Engine: ${words}. Show details`}
        title={activity ? `${words}\n${title}` : title}
      >
        <Icon aria-hidden="true" />
        <span className="engine-words">{words}</span>
      </Popover.Trigger>
      <output className="visually-hidden">{activity}</output>
      <Popover.Portal>
        <Popover.Positioner className="popup-layer" align="end" sideOffset={4}>
          <Popover.Popup className="popup is-panel">
            <Popover.Title className="popup-title">Engine</Popover.Title>
            <EngineDetails engine={engine} activity={activity} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
