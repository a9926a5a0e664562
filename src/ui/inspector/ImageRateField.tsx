/** The frame rate of an image sequence, which only the user can know. */
import { useId } from 'react';
import { useMaskflow } from '../hooks/useMaskflow';
import { inspectorText } from '../text';

type ImageRateFieldProps = { framesPerSec: number };

export function ImageRateField({ framesPerSec }: ImageRateFieldProps) {
  const setImageRate = useMaskflow((state) => state.setImageRate);
  const id = useId();
  return (
    <div className="image-rate">
      <label htmlFor={id}>Images per second</label>
      <input
        id={id}
        key={framesPerSec}
        className="field"
        type="number"
        min="0.001"
        step="any"
        defaultValue={framesPerSec}
        title={inspectorText.imageRate}
        onBlur={(event) => setImageRate(event.currentTarget.valueAsNumber)}
        onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
      />
    </div>
  );
}
