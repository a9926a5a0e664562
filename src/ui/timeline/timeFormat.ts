/** Times and rates in words. */

/** A position in a clip: `0:01.24`, with hours only when there are any. Negative times count as 0. */
export function formatClock(sec: number): string {
  const hundredths = Math.round(Math.max(sec, 0) * 100);
  const hours = Math.floor(hundredths / 360_000);
  const minutes = Math.floor(hundredths / 6000) % 60;
  const rest = ((hundredths % 6000) / 100).toFixed(2).padStart(5, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`;
}

/** A waiting time in the two largest units that matter: `45 s`, `4 min 20 s`, `2 h 05 min`. */
export function formatDuration(sec: number): string {
  const whole = Math.max(Math.round(sec), 0);
  if (whole < 60) {
    return `${whole} s`;
  }
  if (whole < 3600) {
    return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
  }
  const minutes = Math.round(whole / 60);
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

/**
 * A waiting time that is only estimated: to 10 s from one minute on, to minutes from ten on, so that it does not
 * jump about with every frame.
 */
export function formatTimeLeft(sec: number): string {
  if (sec < 59.5) {
    return formatDuration(sec);
  }
  const tens = Math.round(sec / 10) * 10;
  if (tens < 600) {
    return formatDuration(tens);
  }
  const minutes = Math.round(sec / 60);
  return minutes < 60 ? `${minutes} min` : formatDuration(minutes * 60);
}

/** A frame rate with at most two decimals and no trailing zeros: `25`, `29.97`. */
export function formatRate(framesPerSec: number): string {
  return String(Math.round(framesPerSec * 100) / 100);
}
