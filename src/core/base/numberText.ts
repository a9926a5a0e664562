/** Numbers in words: one form of each for the whole interface, and for the pictures and texts that it makes. */

/** Stands where there is no number. */
export const NO_NUMBER = '–';

/** `1,200`. */
export function countText(count: number): string {
  return count.toLocaleString('en-US');
}

/** `1 frame`, `1,200 frames`, `2 boxes`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${countText(count)} ${count === 1 ? one : many}`;
}

/** `43 %`. What is not whole is never called 100 %. */
export function percentText(share: number): string {
  const percent = Math.round(share * 100);
  return `${share < 1 ? Math.min(percent, 99) : percent} %`;
}

/** An IoU, J or F, 0..1, in three decimals. Only what is 1 reads 1.000. */
export function scoreText(score: number | null | undefined): string {
  if (score === null || score === undefined || !Number.isFinite(score)) {
    return NO_NUMBER;
  }
  return (score < 1 ? Math.min(score, 0.999) : score).toFixed(3);
}

/** How long something took: `4.2 ms`, `940 ms`, `1.2 s`, `44.6 s`, `245 s`. */
export function tookText(ms: number): string {
  if (ms < 999.5) {
    return `${ms < 9.95 ? ms.toFixed(1) : Math.round(ms)} ms`;
  }
  const sec = ms / 1000;
  return `${sec < 99.95 ? sec.toFixed(1) : Math.round(sec)} s`;
}

/** A measured value: whole from 1,000 on, four significant digits below. */
export function valueText(value: number): string {
  if (!Number.isFinite(value)) {
    return NO_NUMBER;
  }
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e9)) {
    return value.toExponential(2);
  }
  return value.toLocaleString(
    'en-US',
    size >= 1000 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 4 },
  );
}

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** Decimal units, as file managers use them: `3.2 MB`. */
export function bytesText(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 || value >= 99.95 ? Math.round(value) : value.toFixed(1)} ${UNITS[unit]}`;
}
