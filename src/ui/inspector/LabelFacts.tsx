/** What each label has on this frame, and refining the active one from its mask. */
import { Fragment } from 'react';
import { isDoubtful } from '../../core/review/doubtfulStretches';
import { maskAt, type FrameMask, type MaskSource } from '../../core/track/maskTrack';
import { drawnMasksOfFrame } from '../../core/track/visibleMasks';
import { useApp, useMaskflow } from '../hooks/useMaskflow';
import { Button } from '../shell/Button';
import { inspectorText } from '../text';
import { predictedIouText } from '../labels/predictedIouText';
import { MaskPromptView } from './MaskPromptView';
import { maskWords } from '../review/maskWords';
import { seenAreas } from './seenAreas';

/** In words, and by the signs the timeline has for them. */
const sourceSigns = { prompted: '◆', propagated: '━' } as const;

/** Whether there is more to say of a mask than its source. */
function tellsMore({ mask, source }: { mask: FrameMask; source: MaskSource }): boolean {
  return source === 'prompted'
    ? mask.isAccepted === true
    : mask.confidence !== undefined || mask.cue !== undefined;
}

export function LabelFacts() {
  const app = useApp();
  const labels = useMaskflow((state) => state.labels);
  const tracks = useMaskflow((state) => state.tracks);
  const frame = useMaskflow((state) => state.currentFrame);
  const activeId = useMaskflow((state) => state.activeObjectId);
  const areas = seenAreas(tracks, labels, frame);
  const active = labels.find((label) => label.objectId === activeId);
  const activeMask = drawnMasksOfFrame(tracks, labels, frame).find((entry) => entry.objectId === activeId);
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
              <Fragment key={label.objectId}>
                <tr>
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
                {found && tellsMore(found) ? (
                  <tr className={`mask-note ${isDoubtful(found.mask) ? 'is-doubtful' : ''}`}>
                    <td colSpan={4}>{maskWords(found)}</td>
                  </tr>
                ) : null}
              </Fragment>
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
