/** What each label has on this frame, and refining the active one from its mask. */
import { maskAt } from '../../core/track/maskTrack';
import { useApp, useMaskflow } from '../hooks/useMaskflow';
import { Button } from '../shell/Button';
import { inspectorText } from '../text';
import { predictedIouText } from '../labels/predictedIouText';
import { MaskPromptView } from './MaskPromptView';
import { seenAreas } from './seenAreas';

/** In words, and by the signs the timeline has for them. */
const sourceSigns = { prompted: '◆', propagated: '━' } as const;

export function LabelFacts() {
  const app = useApp();
  const labels = useMaskflow((state) => state.labels);
  const tracks = useMaskflow((state) => state.tracks);
  const frame = useMaskflow((state) => state.currentFrame);
  const activeId = useMaskflow((state) => state.activeObjectId);
  const areas = seenAreas(tracks, labels, frame);
  const active = labels.find((label) => label.objectId === activeId);
  const activeMask = active ? maskAt(tracks.get(active.objectId), frame) : null;
  const refineBlocker = activeMask ? null : inspectorText.refineNeedsMask;
  return (
    <div className="inspector-part">
      <h3 className="panel-title">Masks on this frame</h3>
      <table className="mask-table">
        <thead>
          <tr>
            <th scope="col">Label</th>
            <th scope="col">Source</th>
            <th scope="col">Area px</th>
            <th scope="col">IoU</th>
          </tr>
        </thead>
        <tbody>
          {labels.map((label) => {
            const found = maskAt(tracks.get(label.objectId), frame);
            const iou = found?.mask.predictedIou ?? null;
            return (
              <tr key={label.objectId}>
                <th scope="row" title={label.name}>
                  <span className="swatch" style={{ background: label.colour }} />
                  {label.name}
                </th>
                <td title={found?.source}>
                  {found ? (
                    <>
                      <span className="source-sign" aria-hidden="true">
                        {sourceSigns[found.source]}
                      </span>
                      <span className="source-word">{found.source}</span>
                    </>
                  ) : (
                    'none'
                  )}
                </td>
                <td>
                  {found ? (areas.get(label.objectId) ?? found.mask.areaPx).toLocaleString('en-US') : '–'}
                </td>
                <td>{iou === null ? '–' : predictedIouText(iou)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {active ? (
        <>
          <Button
            tip={inspectorText.refine}
            disabledReason={refineBlocker}
            onClick={() => app.refineFromMask(active.objectId)}
          >
            <span className="clipped">Refine {active.name} from its mask</span>
          </Button>
          {activeMask ? <MaskPromptView objectId={active.objectId} rle={activeMask.mask.rle} /> : null}
        </>
      ) : null}
    </div>
  );
}
