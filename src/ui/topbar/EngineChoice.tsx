/** Which engine the next propagation run uses, as part of the Propagate menu. */
import { Menu } from '@base-ui/react/menu';
import { Boxes, Check } from 'lucide-react';
import { BUILT_IN_MODEL, modelIds, ofVideoModels, videoModels } from '../../core/models/shelf';
import type { PropagationEngineId } from '../../core/segment/segmentation';
import { useMaskflow } from '../hooks/useMaskflow';
import { modelNames } from '../models/modelWords';
import { modelsText } from '../text/modelsText';
import { filled } from '../text/projectText';

const engines: Record<PropagationEngineId, { readonly name: string; readonly note: string }> = {
  memory: {
    name: 'Memory, colour and SAM (default)',
    note: 'Remembers annotated frames, and says how sure it is.',
  },
  sam: { name: 'SAM only', note: 'Each mask from the one before it; drifts sooner, judges nothing.' },
  ...ofVideoModels(({ name, goodFor }) => ({ name, note: goodFor })),
};

export function EngineChoice() {
  const engine = useMaskflow((state) => state.propagationEngine);
  const setEngine = useMaskflow((state) => state.setPropagationEngine);
  const hydrated = useMaskflow((state) => state.hydratedModels);
  const showModels = useMaskflow((state) => state.showModels);
  const ready = videoModels.filter((id) => hydrated[id] || id === engine);
  // Those that only prompt are got in the same place.
  const missing = modelIds.filter((id) => id !== BUILT_IN_MODEL && id !== engine && !hydrated[id]);
  return (
    <>
      <Menu.RadioGroup value={engine} onValueChange={setEngine} aria-label="Propagation engine">
        <Menu.Group>
          <Menu.GroupLabel className="menu-heading">Propagate with</Menu.GroupLabel>
          {(['memory', 'sam', ...ready] as const).map((id) => (
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
      <Menu.Item className="menu-item" onClick={() => showModels(missing[0] ?? null)}>
        <Boxes aria-hidden="true" />
        <span>
          {modelsText.menu}
          <span className="menu-item-note">
            {missing.length === 0
              ? modelsText.menuNote
              : filled(modelsText.missing, { names: modelNames(missing) })}
          </span>
        </span>
      </Menu.Item>
    </>
  );
}
