/** Puts the long steps on the browser's performance timeline, where profilers and the benchmark read them. */

export type MeasuredStep = 'load' | 'encode' | 'predict' | 'propagatedFrame';

/** Reports `maskflow:<step>` from `startMs` (of `performance.now()`) until now. `detail` must be cloneable. */
export function measureStep(step: MeasuredStep, startMs: number, detail: object): void {
  const name = `maskflow:${step}`;
  performance.measure(name, { start: startMs, detail });
  // Observers and profilers have it; kept entries would only pile up over thousands of frames.
  performance.clearMeasures(name);
}
