/** Words with more to say behind them, by hover or by keyboard focus. */
import { Tooltip } from '@base-ui/react/tooltip';
import { useId, type ReactNode } from 'react';

type InfoTipProps = { tip: string; className?: string; children: ReactNode };

export function InfoTip({ tip, className, children }: InfoTipProps) {
  const tipId = useId();
  return (
    <Tooltip.Root>
      <Tooltip.Trigger
        render={
          <button type="button" className={`info-tip ${className ?? ''}`} aria-describedby={tipId}>
            {children}
          </button>
        }
      />
      <span id={tipId} className="visually-hidden">
        {tip}
      </span>
      <Tooltip.Portal>
        <Tooltip.Positioner className="popup-layer" sideOffset={6}>
          <Tooltip.Popup className="tooltip">{tip}</Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
