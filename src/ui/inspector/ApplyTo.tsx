/** Buttons that carry what holds on this frame to more frames. */
import type { ReactNode } from 'react';
import { frameCount } from '../../core/video/frameTable';
import { useMaskflow } from '../hooks/useMaskflow';
import { Button } from '../shell/Button';

/** Both frames included. */
export type Stretch = { readonly fromFrame: number; readonly toFrame: number };

type ApplyToProps = {
  /** What is carried over, for screen readers. */
  readonly what: string;
  /** Why it cannot be, in the user's words; null when it can. */
  readonly blockerOf: (stretch: Stretch) => string | null;
  readonly onApply: (stretch: Stretch) => void;
  /** What else belongs into the row. */
  readonly children?: ReactNode;
};

export function ApplyTo({ what, blockerOf, onApply, children }: ApplyToProps) {
  const { inFrame, outFrame } = useMaskflow((state) => state.range);
  const lastFrame = useMaskflow((state) => (state.footage ? frameCount(state.footage.frameTable) - 1 : 0));
  const targets = [
    { name: 'In–out range', stretch: { fromFrame: inFrame, toFrame: outFrame } },
    { name: 'Whole clip', stretch: { fromFrame: 0, toFrame: lastFrame } },
  ];
  return (
    <div className="button-row">
      <span className="muted">Apply to</span>
      {targets.map(({ name, stretch }) => (
        <Button
          key={name}
          aria-label={`Apply ${what} to ${name}`}
          disabledReason={blockerOf(stretch)}
          onClick={() => onApply(stretch)}
        >
          {name}
        </Button>
      ))}
      {children}
    </div>
  );
}
