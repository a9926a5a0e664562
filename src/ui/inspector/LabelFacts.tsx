/** What each label has on this frame, and refining the active one from its mask. */
import { Fragment } from 'react';
import { countText } from '../../core/base/numberText';
import { isRegionRole } from '../../core/label/label';
import { drawnMasksOfFrame } from '../../core/track/visibleMasks';
import { useCalm } from '../hooks/useCalm';
import { useApp, useMaskflow } from '../hooks/useMaskflow';
import { Button } from '../shell/Button';
import { inspectorText } from '../text';
import { predictedIouText } from '../labels/predictedIouText';
import { labelFact } from './labelFact';
import { MaskPromptView } from './MaskPromptView';
import { seenAreas } from './seenAreas';

export function LabelFacts() {
  const app = useApp();
  const labels = useMaskflow((state) => state.labels);
  const tracks = useMaskflow((state) => state.tracks);
  const frame = useCalm((state) => state.currentFrame);
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
            const fact = labelFact(tracks, label, frame);
            const iou = fact?.mask.predictedIou ?? null;
            return (
              <Fragment key={label.objectId}>
                <tr>
                  <th scope="row" title={label.name}>
                    <span className="swatch" style={{ background: label.colour }} />
                    {label.name}
                  </th>
                  <td title={fact?.word}>
                    {fact ? (
                      <>
                        <span className="source-sign" aria-hidden="true">
                          {fact.sign}
                        </span>
                        <span className="source-word">{fact.word}</span>
                      </>
                    ) : (
                      'none'
                    )}
                  </td>
                  <td>{fact ? countText(areas.get(label.objectId) ?? fact.mask.areaPx) : '–'}</td>
                  <td>{iou === null ? '–' : predictedIouText(iou)}</td>
                </tr>
                {fact?.note ? (
                  <tr className={`mask-note ${fact.isDoubtful ? 'is-doubtful' : ''}`}>
                    <td colSpan={4}>{fact.note}</td>
                  </tr>
                ) : null}
              </Fragment>
            );
          })}
        </tbody>
      </table>
      {active && !isRegionRole(active.role) ? (
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
