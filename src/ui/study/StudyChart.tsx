/** J of every method over the frames, one line each. */
import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useEffect, useRef } from 'react';
import { scoreText } from '../../core/base/numberText';
import { labelColours } from '../../core/label/label';
import { scoresOverTime, type MethodScores, type StudyResult } from '../../core/study/studyResult';
import { useDocumentTheme } from '../theme/useDocumentTheme';
import { studyText } from '../text/studyText';

type StudyChartProps = { readonly result: StudyResult; readonly scores: readonly MethodScores[] };

const HEIGHT_PX = 190;
/** Colour never alone: each line has its own dashes, too. */
const dashes: readonly (readonly number[])[] = [[], [8, 4], [2, 3], [12, 3, 2, 3], [5, 5], [1, 4]];

export function StudyChart({ result, scores }: StudyChartProps) {
  const hostRef = useRef<HTMLDivElement>(null);
  const theme = useDocumentTheme();
  useEffect(() => {
    const host = hostRef.current;
    if (!host) {
      return undefined;
    }
    const chart = new UPlot(chartOptions(host, result, scores), chartData(result, scores), host);
    const observer = new ResizeObserver(() => chart.setSize({ width: host.clientWidth, height: HEIGHT_PX }));
    observer.observe(host);
    return () => {
      observer.disconnect();
      chart.destroy();
    };
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- the colours painted are the theme's
  }, [result, scores, theme]);
  return (
    <figure className="study-chart">
      <figcaption>{studyText.chart}</figcaption>
      <div ref={hostRef} />
    </figure>
  );
}

function chartData({ frames }: StudyResult, scores: readonly MethodScores[]): UPlot.AlignedData {
  return [[...frames], ...scores.map((entry) => scoresOverTime(frames, entry, 'j'))];
}

function chartOptions(
  host: HTMLElement,
  { methods }: StudyResult,
  scores: readonly MethodScores[],
): UPlot.Options {
  const style = getComputedStyle(host);
  const colour = (name: string): string => style.getPropertyValue(name).trim();
  const axis = {
    stroke: colour('--text-muted'),
    grid: { stroke: colour('--border') },
    font: '12px system-ui',
  };
  return {
    width: Math.max(1, host.clientWidth),
    height: HEIGHT_PX,
    scales: { x: { time: false } },
    cursor: { y: false },
    axes: [
      { ...axis, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000] },
      { ...axis, size: 56 },
    ],
    series: [
      { label: 'frame' },
      ...scores.map(({ id }, index) => ({
        label: methods.find((method) => method.id === id)?.name ?? id,
        stroke: labelColours[index % labelColours.length],
        width: 2,
        dash: [...dashes[index % dashes.length]!],
        points: { show: true, size: 6 },
        value: (_: UPlot, value: number | null) => scoreText(value),
      })),
    ],
  };
}
