/** Which guide sentences the user has put away, kept between visits. */
import type { GuideStep } from './guide';

const storageKey = 'maskflow.dismissedGuideSteps';

/** The steps put away so far; empty where the browser keeps nothing. */
export function dismissedSteps(): ReadonlySet<string> {
  try {
    return new Set((localStorage.getItem(storageKey) ?? '').split(',').filter(Boolean));
  } catch {
    return new Set();
  }
}

/** Puts one more step away and returns all of them. */
export function dismissStep(dismissed: ReadonlySet<string>, step: GuideStep): ReadonlySet<string> {
  const next = new Set([...dismissed, step]);
  try {
    localStorage.setItem(storageKey, [...next].join(','));
  } catch {
    // Storage may be forbidden; the step then stays away until the page is reloaded.
  }
  return next;
}
