/** A lane's label at its left, which also tells in words what the lane shows. */
import type { Label } from '../../core/label/label';
import { useMaskflow } from '../hooks/useMaskflow';
import { isDoubtfulRun, laneOfLabel, type Lane, type LaneRun } from './laneRuns';

type LaneNameProps = { label: Label; frameCount: number };

function framesIn(lane: Lane, isMeant: (run: LaneRun) => boolean): number {
  return lane.runs.filter(isMeant).reduce((sum, run) => sum + run.toFrame - run.fromFrame + 1, 0);
}

export function LaneName({ label, frameCount }: LaneNameProps) {
  const isActive = useMaskflow((state) => state.activeObjectId === label.objectId);
  const setActiveLabel = useMaskflow((state) => state.setActiveLabel);
  const track = useMaskflow((state) => state.tracks.get(label.objectId));
  const lane = laneOfLabel(label, track, frameCount);
  const masks = framesIn(lane, (run) => run.kind === 'mask');
  const doubtful = framesIn(lane, isDoubtfulRun);
  const words =
    `${lane.prompted.length} annotated, ` +
    (lane.edited.length > 0 ? `${lane.edited.length} of them by hand, ` : '') +
    `masks on ${masks} of ${frameCount} frames` +
    (doubtful > 0 ? `, ${doubtful} doubtful` : '');
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
