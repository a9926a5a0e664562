/** What stands in the middle before anything is open: the ways to begin. */
import { useApp, useMaskflow } from '../hooks/useMaskflow';
import { Button } from '../shell/Button';
import { dropText, privacyText } from '../text';
import { chooseFiles } from './chooseFiles';
import { pickers } from './filePickers';

export function EmptyCanvas() {
  const app = useApp();
  const isEmpty = useMaskflow((state) => state.footage === null);
  const isOpening = useMaskflow((state) => state.opening !== null);
  if (!isEmpty || isOpening) {
    return null;
  }
  return (
    <div className="empty-canvas">
      <h2 className="empty-title">Segment moving things in video</h2>
      <ol>
        <li>Open footage, or drop it anywhere.</li>
        <li>Draw a box around something; SAM draws its mask.</li>
        <li>Propagate it through the clip, correct where it drifts, export PNG masks.</li>
      </ol>
      <div className="empty-buttons">
        <Button look="primary" onClick={() => void app.openSample()}>
          Sample clip
        </Button>
        {pickers.map(({ kind, name }) => (
          <Button key={kind} onClick={() => chooseFiles(app, kind)}>
            {name}
          </Button>
        ))}
      </div>
      <p className="muted">{dropText.formats}.</p>
      <p className="muted">{privacyText}</p>
    </div>
  );
}
