/** Which engine the next propagation run uses, as part of the Propagate menu. */
import { Menu } from '@base-ui/react/menu';
import { Check } from 'lucide-react';
import { propagationEngines, type PropagationEngineId } from '../../core/segment/segmentation';
import { useMaskflow } from '../hooks/useMaskflow';

const engines: Record<PropagationEngineId, { readonly name: string; readonly note: string }> = {
  memory: {
    name: 'Memory, colour and SAM (default)',
    note: 'Remembers annotated frames, and says how sure it is.',
  },
  sam: { name: 'SAM only', note: 'Each mask from the one before it; drifts sooner, judges nothing.' },
};

export function EngineChoice() {
  const engine = useMaskflow((state) => state.propagationEngine);
  const setEngine = useMaskflow((state) => state.setPropagationEngine);
  return (
    <Menu.RadioGroup value={engine} onValueChange={setEngine} aria-label="Propagation engine">
      <Menu.Group>
        <Menu.GroupLabel className="menu-heading">Propagate with</Menu.GroupLabel>
        {propagationEngines.map((id) => (
          <Menu.RadioItem key={id} value={id} className="menu-item">
            <Check aria-hidden="true" style={{ opacity: engine === id ? 1 : 0 }} />
            <span>
              {engines[id].name}
              <span className="menu-item-note">{engines[id].note}</span>
            </span>
          </Menu.RadioItem>
        ))}
      </Menu.Group>
    </Menu.RadioGroup>
  );
}
