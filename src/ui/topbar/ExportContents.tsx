/** Says what the export will hold before it is made. */
import { useMaskflow } from '../hooks/useMaskflow';
import { exportSummary } from './exportSummary';

type ExportContentsProps = { blocker: string | null };

export function ExportContents({ blocker }: ExportContentsProps) {
  const summary = exportSummary(useMaskflow((state) => state));
  if (blocker) {
    return <p className="menu-note">{blocker}</p>;
  }
  return (
    <div className="menu-note stack">
      <p>One indexed PNG for each frame: {summary.frames}, with labels.json and frames.csv.</p>
      <p>Pixel values: 0 background, {summary.numbered.join(', ')}.</p>
      {summary.leftOut.length > 0 ? (
        <p>Left out (competitors, locked regions): {summary.leftOut.join(', ')}.</p>
      ) : null}
      {summary.binaryMasks === null ? null : <p>{softWords(summary.binaryMasks)}</p>}
      {summary.emptyFrames > 0 ? (
        <p>
          {summary.emptyFrames} {summary.emptyFrames === 1 ? 'frame has' : 'frames have'} no masks and will be
          written empty.
        </p>
      ) : null}
    </div>
  );
}

function softWords(binaryMasks: number): string {
  const rest =
    binaryMasks === 0
      ? ''
      : ` No probabilities are kept for ${binaryMasks} ${binaryMasks === 1 ? 'mask' : 'masks'}: there, 0 and 255 alone.`;
  return `Soft masks: a grey PNG for each label and frame, 0 to 255 for p from 0 to 1.${rest}`;
}
