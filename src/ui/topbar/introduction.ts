/** The three steps of the first minutes: where the user is among them, and whether they want to be told. */
import type { GuideStep } from './guide';

export const introductionLength = 3;

const storageKey = 'maskflow.introduction';

/** 1 prompt, 2 propagate, 3 review; null for sentences that belong to no step. */
export function introductionStep(step: GuideStep): 1 | 2 | 3 | null {
  switch (step) {
    case 'draw':
    case 'drawLabel':
    case 'addLabel':
    case 'onlyBackground':
    case 'wait':
      return 1;
    case 'propagate':
    case 'emptyFrame':
      return 2;
    case 'review':
    case 'doubtful':
    case 'repropagate':
      return 3;
    default:
      return null;
  }
}

/** What the step is about, as the screen marks it. */
export const introductionTargets = { 1: 'canvas', 2: 'propagate', 3: 'timeline' } as const;

function stored(): boolean {
  try {
    return localStorage.getItem(storageKey) !== 'over';
  } catch {
    return true;
  }
}

let isWanted: boolean | null = null;
const marked = new Set<string>();
let timesSet = 0;

/** Another number whenever the introduction begins anew. */
export function introductionNumber(): number {
  return timesSet;
}

/** Whether a step's part of the screen is to be marked now: once in an introduction, since a mark that came back with every mask would be noise. */
export function takeMark(introduction: number, place: 1 | 2 | 3): boolean {
  const key = `${introduction} ${place}`;
  const isFirst = !marked.has(key);
  marked.add(key);
  return isFirst;
}
const listeners = new Set<() => void>();

/** Until it was skipped or finished in this browser, and again when the user asks for it. */
export function isIntroductionWanted(): boolean {
  isWanted ??= stored();
  return isWanted;
}

export function setIntroductionWanted(next: boolean): void {
  isWanted = next;
  timesSet += 1;
  try {
    if (next) {
      localStorage.removeItem(storageKey);
    } else {
      localStorage.setItem(storageKey, 'over');
    }
  } catch {
    // Storage may be forbidden; the choice then lasts until the page is reloaded.
  }
  listeners.forEach((listener) => listener());
}

/** Returns how to stop. */
export function onIntroductionChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
