/** Which frames are exported. */
import { frameCount } from '../../core/video/frameTable';
import { useMaskflow } from '../hooks/useMaskflow';
import { Button } from '../shell/Button';
import type { ExportDraft } from './useExportDraft';

export function ExportFrames({ draft }: { draft: ExportDraft }) {
  const footage = useMaskflow((state) => state.footage);
  const range = useMaskflow((state) => state.range);
  const last = footage ? frameCount(footage.frameTable) - 1 : 0;
  const { fromFrame, toFrame } = draft.order;
  const bounded = (value: number, otherwise: number): number =>
    Number.isNaN(value) ? otherwise : Math.min(Math.max(Math.round(value), 0), last);
  return (
    <fieldset className="export-group">
      <legend>Frames</legend>
      <div className="export-range">
        <label>
          First{' '}
          <input
            className="field"
            type="number"
            min="0"
            max={last}
            value={fromFrame}
            onChange={(event) =>
              draft.setFrames({ fromFrame: bounded(event.currentTarget.valueAsNumber, fromFrame), toFrame })
            }
          />
        </label>
        <label>
          Last{' '}
          <input
            className="field"
            type="number"
            min="0"
            max={last}
            value={toFrame}
            onChange={(event) =>
              draft.setFrames({ fromFrame, toFrame: bounded(event.currentTarget.valueAsNumber, toFrame) })
            }
          />
        </label>
        <Button onClick={() => draft.setFrames({ fromFrame: range.inFrame, toFrame: range.outFrame })}>
          In to out
        </Button>
        <Button onClick={() => draft.setFrames({ fromFrame: 0, toFrame: last })}>Whole clip</Button>
      </div>
    </fieldset>
  );
}
