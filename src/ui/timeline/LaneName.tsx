/** A lane's label at its left, which also tells in words what the lane shows. */
import type { Label } from '../../core/label/label';
import { useMaskflow } from '../hooks/useMaskflow';
import { rememberedLane, type Lane } from './laneRuns';

type LaneNameProps = { label: Label; frameCount: number };

function framesIn(lane: Lane): number {
  return lane.runs
    .filter((run) => run.kind === 'mask')
    .reduce((sum, run) => sum + run.toFrame - run.fromFrame + 1, 0);
}

export function LaneName({ label, frameCount }: LaneNameProps) {
  const isActive = useMaskflow((state) => state.activeObjectId === label.objectId);
  const setActiveLabel = useMaskflow((state) => state.setActiveLabel);
  const track = useMaskflow((state) => state.tracks.get(label.objectId));
  const lane = rememberedLane(track, frameCount);
  const words = `${lane.prompted.length} prompted, masks on ${framesIn(lane)} of ${frameCount} frames`;
  return (
    <button
      type="button"
      className={`lane-name ${isActive ? 'is-active' : ''}`}
      aria-pressed={isActive}
      title={`${label.name}: ${words}`}
      onClick={() => setActiveLabel(label.objectId)}
    >
      <span className="swatch" style={{ background: label.colour }} />
      <span className="clipped">{label.name}</span>
      <span className="visually-hidden">: {words}</span>
    </button>
  );
}
