/** The state for panels that need not follow each single frame while frames go by quickly. */
import type { MaskflowState } from '../../state/maskflowState';
import type { MaskflowStore } from '../../state/store';

/** While frames go by, panels follow this often. */
export const CALM_MS = 200;

/** What changes with every frame that goes by. */
const passingKeys: ReadonlySet<string> = new Set<keyof MaskflowState>([
  'currentFrame',
  'shownFrame',
  'isShownReduced',
]);

/** Whether nothing but the frame is another one. */
export function isPassing(state: MaskflowState, previous: MaskflowState): boolean {
  return (Object.keys(state) as (keyof MaskflowState)[]).every(
    (key) => state[key] === previous[key] || passingKeys.has(key),
  );
}

type Listener = (state: MaskflowState, previous: MaskflowState) => void;

/**
 * Looks like a store and gives its state as it was at most CALM_MS ago: a single step, and any change other than that of
 * the frame, is told at once, frames that follow each other faster only now and then. The last one is always told.
 */
export class CalmState {
  readonly #store: MaskflowStore;
  readonly #listeners = new Set<Listener>();
  #state: MaskflowState;
  #toldMs = -Infinity;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stop: (() => void) | null = null;

  constructor(store: MaskflowStore) {
    this.#store = store;
    this.#state = store.getState();
  }

  readonly getState = (): MaskflowState => (this.#stop ? this.#state : this.#store.getState());

  readonly getInitialState = (): MaskflowState => this.#store.getInitialState();

  readonly subscribe = (listener: Listener): (() => void) => {
    this.#state = this.getState();
    this.#stop ??= this.#follow();
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) {
        clearTimeout(this.#timer);
        this.#timer = undefined;
        this.#stop?.();
        this.#stop = null;
      }
    };
  };

  #follow(): () => void {
    return this.#store.subscribe((state, previous) => {
      const waitMs = this.#toldMs + CALM_MS - performance.now();
      if (waitMs <= 0 || !isPassing(state, previous)) {
        this.#tell();
      } else {
        this.#timer ??= setTimeout(() => this.#tell(), waitMs);
      }
    });
  }

  #tell(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#toldMs = performance.now();
    const previous = this.#state;
    this.#state = this.#store.getState();
    this.#listeners.forEach((listener) => listener(this.#state, previous));
  }
}

const calmStates = new WeakMap<MaskflowStore, CalmState>();

/** One for each store, so that all panels change together. */
export function calmStateOf(store: MaskflowStore): CalmState {
  const calm = calmStates.get(store) ?? new CalmState(store);
  calmStates.set(store, calm);
  return calm;
}
