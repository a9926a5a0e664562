/** The frames on which the sets differ most, to click through. */
import { useState } from 'react';
import { scoreText } from '../../core/base/numberText';
import type { FrameScores } from '../../core/compare/comparisonFrames';
import { compareMeasures, worstFrames, type CompareMeasure } from '../../core/compare/comparisonTable';
import { comparableLabels } from '../../core/compare/maskSet';
import type { ComparedSets } from '../../state/maskSets';
import { useMaskflow } from '../hooks/useMaskflow';
import { Button } from '../shell/Button';
import { compareText } from '../text/compareText';
import { chosenLabel } from './comparedFrames';

type WorstFramesProps = { readonly compared: ComparedSets; readonly scores: readonly FrameScores[] };

const PAGE = 8;

export function WorstFrames({ compared, scores }: WorstFramesProps) {
  const [count, setCount] = useState(PAGE);
  const measure = useMaskflow((state) => state.comparison.measure);
  const chosen = useMaskflow((state) => chosenLabel(state, compared));
  const current = useMaskflow((state) => state.currentFrame);
  const seek = useMaskflow((state) => state.seek);
  const { a, pairs } = compared;
  const place = chosen === null ? null : pairs.findIndex((pair) => pair.a === chosen);
  const ranked = worstFrames(scores, measure, place);
  return (
    <>
      <div className="worst-head">
        <h3 id="worst-title">{compareText.worst}</h3>
        <MeasureChoice />
      </div>
      <ol className="worst-list" aria-labelledby="worst-title">
        {ranked.slice(0, count).map((entry) => {
          const id = pairs[entry.place]?.a;
          const label = comparableLabels(a).find(({ objectId }) => objectId === id);
          return (
            <li key={`${entry.frameIndex} ${entry.place}`}>
              <button
                type="button"
                className="row-button"
                aria-current={entry.frameIndex === current ? 'true' : undefined}
                onClick={() => seek(entry.frameIndex)}
              >
                <span className="swatch" style={{ background: label?.colour }} />
                <span className="clipped">
                  Frame {entry.frameIndex} · {label?.name}
                </span>
                <span>{scoreText(entry.value)}</span>
              </button>
            </li>
          );
        })}
      </ol>
      {ranked.length > count ? (
        <Button look="quiet" onClick={() => setCount(count + 3 * PAGE)}>
          {compareText.more}
        </Button>
      ) : null}
    </>
  );
}

/** What frames are ranked by, and what the lane shows. */
function MeasureChoice() {
  const measure = useMaskflow((state) => state.comparison.measure);
  const setComparison = useMaskflow((state) => state.setComparison);
  const names: Record<CompareMeasure, string> = {
    jAndF: compareText.jAndF,
    j: compareText.j,
    f: compareText.f,
  };
  return (
    <label className="worst-by">
      {compareText.measure}
      <select
        className="field"
        value={measure}
        onChange={({ currentTarget: { value } }) =>
          setComparison({ measure: compareMeasures.find((entry) => entry === value) ?? 'jAndF' })
        }
      >
        {compareMeasures.map((entry) => (
          <option key={entry} value={entry}>
            {names[entry]}
          </option>
        ))}
      </select>
    </label>
  );
}
