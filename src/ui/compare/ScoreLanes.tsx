/** Under the lanes of the labels: how each compared label scores, frame by frame. */
import './scoreLanes.css';
import { useEffect, useRef } from 'react';
import { scoreText } from '../../core/base/numberText';
import { measureOf } from '../../core/compare/comparisonTable';
import { comparableLabels } from '../../core/compare/maskSet';
import type { Label } from '../../core/label/label';
import { comparedSets, type ComparedSets } from '../../state/maskSets';
import { useMaskflow } from '../hooks/useMaskflow';
import { compareText } from '../text/compareText';
import { useDocumentTheme } from '../theme/useDocumentTheme';
import { preparedContext } from '../timeline/canvasContext';
import type { TimelineScale } from '../timeline/timelineScale';
import { rangeScores } from './rangeScores';
import { scoreColumns } from './scoreColumns';

type ScoreLanesProps = { readonly scale: TimelineScale };

const LANE_PX = 28;
/** Room above a score of 1, so that lanes can be told apart. */
const TOP_PX = 4;

export function ScoreLanes({ scale }: ScoreLanesProps) {
  const compared = useMaskflow(comparedSets);
  const namesRef = useRef<HTMLDivElement>(null);
  // Whoever scores wants to see it, and on small screens there is room for few lanes.
  useEffect(() => {
    // A promise in newer browsers: no clean-up of the effect.
    void namesRef.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  if (!compared) {
    return null;
  }
  return (
    <>
      <div className="score-names" ref={namesRef}>
        {labelsOf(compared).map((label, place) => (
          <ScoreName key={label.objectId} label={label} place={place} />
        ))}
      </div>
      <div className="lanes-area">
        <ScoreCanvas scale={scale} compared={compared} />
      </div>
    </>
  );
}

/** A's labels, in the order of the pairs. */
function labelsOf({ a, pairs }: ComparedSets): Label[] {
  const labels = comparableLabels(a);
  return pairs.flatMap((pair) => labels.find(({ objectId }) => objectId === pair.a) ?? []);
}

function ScoreName({ label, place }: { readonly label: Label; readonly place: number }) {
  const measure = useMaskflow((state) => state.comparison.measure);
  const value = useMaskflow((state) => {
    const score = state.comparisonScores.get(state.currentFrame)?.pairs[place];
    return scoreText(score && measureOf(score, state.comparison.measure));
  });
  return (
    <div className="score-name" title={label.name}>
      <span className="swatch" style={{ background: label.colour }} />
      <span className="clipped">{label.name}</span>
      <span className="muted">
        {compareText[measure]} {value}
      </span>
    </div>
  );
}

type ScoreCanvasProps = { readonly scale: TimelineScale; readonly compared: ComparedSets };

function ScoreCanvas({ scale, compared }: ScoreCanvasProps) {
  const canvasRef = useRef<HTMLCanvasElement>(null);
  const theme = useDocumentTheme();
  const scores = useMaskflow(rangeScores);
  const measure = useMaskflow((state) => state.comparison.measure);
  const height = compared.pairs.length * LANE_PX;
  useEffect(() => {
    const canvas = canvasRef.current;
    const context = canvas && preparedContext(canvas, scale.widthPx, height);
    if (!canvas || !context) {
      return;
    }
    const { color, borderTopColor } = getComputedStyle(canvas);
    labelsOf(compared).forEach((label, place) => {
      const bottom = (place + 1) * LANE_PX - 1;
      const room = LANE_PX - TOP_PX - 1;
      context.fillStyle = borderTopColor;
      context.fillRect(0, bottom, scale.widthPx, 1);
      context.fillRect(0, Math.round(bottom - room / 2), scale.widthPx, 1);
      for (const { fromPx, toPx, value } of scoreColumns(scores, place, measure, scale)) {
        const top = bottom - value * room;
        const width = Math.max(toPx - fromPx - (toPx - fromPx > 5 ? 1 : 0), 1);
        context.globalAlpha = 0.65;
        context.fillStyle = label.colour;
        context.fillRect(fromPx, top, width, bottom - top);
        // A line at the top, so that the height is told by more than the label's colour.
        context.globalAlpha = 1;
        context.fillStyle = color;
        context.fillRect(fromPx, Math.min(top, bottom - 2), width, 2);
      }
    });
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- the colours painted are the theme's
  }, [scale, compared, scores, measure, height, theme]);
  return (
    <canvas
      ref={canvasRef}
      className="score-canvas"
      data-testid="score-lanes"
      aria-hidden="true"
      style={{ width: scale.widthPx, height }}
    />
  );
}
