/** Words with more to say behind them, by hover or by keyboard focus. */
import type { ReactNode } from 'react';
import { Tip, useTipWords } from './Tip';

type InfoTipProps = { tip: string; className?: string; children: ReactNode };

export function InfoTip({ tip, className, children }: InfoTipProps) {
  const hidden = useTipWords(tip);
  return (
    <>
      <Tip words={tip}>
        <button type="button" className={`info-tip ${className ?? ''}`} aria-describedby={hidden.id}>
          {children}
        </button>
      </Tip>
      {hidden.element}
    </>
  );
}
