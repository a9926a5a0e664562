/** Two small pictures: a mask, and the logits SAM is given for it. */
import type { MaskPromptPictures } from '../../app/maskflowApp';
import { inspectorText } from '../text';
import { paintLogits, paintRle } from './paintMaskPrompt';

type MaskPromptFiguresProps = { pictures: MaskPromptPictures };

export function MaskPromptFigures({ pictures }: MaskPromptFiguresProps) {
  const { before, after } = pictures;
  return (
    <div className="figures">
      <figure>
        <canvas
          ref={(canvas) => {
            if (canvas) {
              paintRle(canvas, before);
            }
          }}
        >
          {inspectorText.before}
        </canvas>
        <figcaption>
          Before{' '}
          <span className="muted">
            {before.size[1]} x {before.size[0]}
          </span>
        </figcaption>
      </figure>
      <figure>
        <canvas
          ref={(canvas) => {
            if (canvas) {
              paintLogits(canvas, after);
            }
          }}
        >
          {inspectorText.after}
        </canvas>
        <figcaption>
          After{' '}
          <span className="muted">
            {after.width} x {after.height}
          </span>
        </figcaption>
      </figure>
      <div className="logit-legend">
        <span>-18</span>
        <span className="logit-ramp" aria-hidden="true" />
        <span>+18</span>
      </div>
      <p className="muted">{inspectorText.after}</p>
    </div>
  );
}
