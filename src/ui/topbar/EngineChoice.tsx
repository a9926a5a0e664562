/** Which engine the next propagation run uses, as a sub-menu of the Propagate menu, and the way to more of them. */
import { Menu } from '@base-ui/react/menu';
import { Boxes, Check, ChevronRight, Workflow } from 'lucide-react';
import { BUILT_IN_MODEL, modelIds, ofVideoModels, videoModels } from '../../core/models/shelf';
import { DEFAULT_ENGINE, engineNames } from '../../core/segment/engineNames';
import type { PropagationEngineId } from '../../core/segment/segmentation';
import { useMaskflow } from '../hooks/useMaskflow';
import { modelNames } from '../models/modelWords';
import { engineChoiceText } from '../text/engineText';
import { modelsText } from '../text/modelsText';
import { filled } from '../text/projectText';

const notes: Record<PropagationEngineId, string> = {
  memory: engineChoiceText.memory,
  sam: engineChoiceText.sam,
  ...ofVideoModels(({ goodFor }) => goodFor),
};

export function EngineChoice() {
  const engine = useMaskflow((state) => state.propagationEngine);
  const hydrated = useMaskflow((state) => state.hydratedModels);
  const showModels = useMaskflow((state) => state.showModels);
  // Those that only prompt are got in the same place.
  const missing = modelIds.filter((id) => id !== BUILT_IN_MODEL && id !== engine && !hydrated[id]);
  return (
    <Menu.Group>
      <Menu.Separator className="menu-separator" />
      <Menu.SubmenuRoot>
        <Menu.SubmenuTrigger className="menu-item">
          <Workflow aria-hidden="true" />
          <span className="menu-item-words">
            {engineChoiceText.title} <strong>{engineNames[engine]}</strong>
          </span>
          <ChevronRight aria-hidden="true" />
        </Menu.SubmenuTrigger>
        <Menu.Portal>
          <Menu.Positioner
            className="popup-layer"
            sideOffset={2}
            alignOffset={-5}
            collisionAvoidance={{ side: 'flip', align: 'shift', fallbackAxisSide: 'none' }}
          >
            <Menu.Popup className="popup is-submenu">
              <EngineRadios engine={engine} />
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.SubmenuRoot>
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
    </Menu.Group>
  );
}

function EngineRadios({ engine }: { readonly engine: PropagationEngineId }) {
  const setEngine = useMaskflow((state) => state.setPropagationEngine);
  const hydrated = useMaskflow((state) => state.hydratedModels);
  const ready = videoModels.filter((id) => hydrated[id] || id === engine);
  return (
    <Menu.RadioGroup value={engine} onValueChange={setEngine} aria-label={engineChoiceText.group}>
      {(['memory', 'sam', ...ready] as const).map((id) => (
        <Menu.RadioItem key={id} value={id} className="menu-item">
          <Check aria-hidden="true" style={{ opacity: engine === id ? 1 : 0 }} />
          <span>
            {engineNames[id]}
            {id === DEFAULT_ENGINE ? ` ${engineChoiceText.isDefault}` : ''}
            <span className="menu-item-note">{notes[id]}</span>
          </span>
        </Menu.RadioItem>
      ))}
    </Menu.RadioGroup>
  );
}
