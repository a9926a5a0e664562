/** The masks of the comparing views that lie over the picture of the stage. */
import { assertNever } from '../../../core/base/assert';
import { PainterLayer } from '../../canvas/PainterLayer';
import { useMaskflow } from '../../hooks/useMaskflow';
import { bothContents, contentsOfA, contentsOfB, differenceContents } from '../compareContents';

type CompareLayersProps = { readonly scale: number };

export function CompareLayers({ scale }: CompareLayersProps) {
  const { view, wipeShare, flickerSide } = useMaskflow((state) => state.comparison);
  const left = `${wipeShare * 100}%`;
  switch (view) {
    case 'normal':
    case 'sideBySide':
      return null;
    case 'wipe':
      return (
        <>
          <div className="compare-layer" style={{ clipPath: `inset(0 calc(100% - ${left}) 0 0)` }}>
            <PainterLayer scale={scale} name="compare-a" contentsOf={contentsOfA} />
          </div>
          <div className="compare-layer" style={{ clipPath: `inset(0 0 0 ${left})` }}>
            <PainterLayer scale={scale} name="compare-b" contentsOf={contentsOfB} />
          </div>
        </>
      );
    case 'flicker':
      return (
        <>
          <div className="compare-layer" hidden={flickerSide !== 'a'}>
            <PainterLayer scale={scale} name="compare-a" contentsOf={contentsOfA} />
          </div>
          <div className="compare-layer" hidden={flickerSide !== 'b'}>
            <PainterLayer scale={scale} name="compare-b" contentsOf={contentsOfB} />
          </div>
        </>
      );
    case 'difference':
      return (
        <>
          <PainterLayer scale={scale} name="compare-both" contentsOf={bothContents} />
          <PainterLayer scale={scale} name="compare-difference" contentsOf={differenceContents} />
        </>
      );
    default:
      return assertNever(view);
  }
}
