/** All models by name, each with how far it is on this device. */
import { CircleAlert, CircleCheck, CircleDashed, LoaderCircle } from 'lucide-react';
import { useShallow } from 'zustand/react/shallow';
import { modelIds, models, type ModelId } from '../../core/models/shelf';
import { useMaskflow } from '../hooks/useMaskflow';
import { modelsText } from '../text/modelsText';
import { abilityWords, standingOf, standingWords, type Standing } from './modelWords';

const icons: Record<Standing, typeof CircleCheck> = {
  builtIn: CircleCheck,
  ready: CircleCheck,
  working: LoaderCircle,
  failed: CircleAlert,
  outdated: CircleAlert,
  notInBuild: CircleDashed,
  onShelf: CircleDashed,
};

type ModelListProps = { chosen: ModelId; onChoose: (id: ModelId) => void };

export function ModelList({ chosen, onChoose }: ModelListProps) {
  const arrivals = useMaskflow((state) => state.modelArrivals);
  const standings = useMaskflow(useShallow((state) => modelIds.map((id) => standingOf(state, id))));
  return (
    <nav className="model-list" aria-label={modelsText.title}>
      <ul>
        {modelIds.map((id, index) => {
          const standing = standings[index] ?? 'onShelf';
          const Icon = icons[standing];
          return (
            <li key={id}>
              <button
                type="button"
                className={`model-row is-${standing}`}
                aria-current={id === chosen ? 'true' : undefined}
                onClick={() => onChoose(id)}
              >
                <Icon aria-hidden="true" />
                <span className="model-row-name">{models[id].name}</span>
                <span className="model-row-note">
                  {abilityWords(id)} · {standingWords(standing, arrivals[id])}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
