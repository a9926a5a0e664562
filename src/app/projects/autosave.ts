/** Saves the open project soon after every change, one save at a time, and says whether it is saved. */
import { toUserMessage, UserFacingError, type UserMessage } from '../../core/base/errors';
import type { MaskflowState } from '../../state/maskflowState';
import type { SaveState } from '../../state/slices/projectState';
import type { MaskflowStore } from '../../state/store';
import type { StorageService } from '../services';
import { imageRateOf } from './footageReferences';
import { haveSettingsChanged, keptSettings } from './keptSettings';
import type { ProjectSession, Snapshot } from './projectSession';

/** From a change to the start of its save: changes of one gesture are saved together. */
const SAVE_AFTER_MS = 300;
/** Playhead and looks are no work; they are saved when nothing else is going on. */
const SAVE_LOOKS_AFTER_MS = 1500;
const FIRST_RETRY_MS = 2000;
const LAST_RETRY_MS = 30_000;
/** Masks that go to the worker in one message. */
const BATCH_MASKS = 128;

type Keeper = Pick<StorageService, 'kind' | 'appendMasks' | 'commit'>;

/** Whether the user's work differs, as opposed to how it is looked at. */
function hasWorkChanged(state: MaskflowState, previous: MaskflowState): boolean {
  return (
    state.labels !== previous.labels ||
    state.prompts !== previous.prompts ||
    state.tracks !== previous.tracks ||
    state.versions !== previous.versions ||
    state.useSharedPoints !== previous.useSharedPoints ||
    state.lastEdit !== previous.lastEdit ||
    state.calibration !== previous.calibration ||
    state.references !== previous.references ||
    state.range !== previous.range ||
    state.lastObjectId !== previous.lastObjectId ||
    state.propagationRuns !== previous.propagationRuns ||
    state.acceptances !== previous.acceptances ||
    state.provenance !== previous.provenance ||
    state.footage?.frameRate !== previous.footage?.frameRate ||
    isRenamed(state, previous)
  );
}

/** Coming into being is no change: the save that brings that about is under way. */
function isRenamed({ project }: MaskflowState, { project: before }: MaskflowState): boolean {
  return project?.id === before?.id && project?.name !== before?.name;
}

function haveLooksChanged(state: MaskflowState, previous: MaskflowState): boolean {
  return (
    state.currentFrame !== previous.currentFrame ||
    state.activeObjectId !== previous.activeObjectId ||
    haveSettingsChanged(state, previous)
  );
}

/** The state as it would be saved now. */
export function snapshotOf(state: MaskflowState): Snapshot {
  return {
    content: state,
    settings: keptSettings(state),
    name: state.project?.name ?? state.footage?.name ?? '',
    imageRate: state.footage && imageRateOf(state.footage),
  };
}

export class Autosave {
  readonly #store: MaskflowStore;
  readonly #storage: Keeper;
  readonly #onFirstChange: () => Promise<void>;
  readonly #onSaved: () => void;
  readonly #unsubscribe: () => void;
  #session: ProjectSession | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** When the timer fires, on the clock of `performance.now()`. */
  #dueMs = Infinity;
  #running: Promise<boolean> | null = null;
  /** Whether the state holds work, or looks, that no save has begun with. */
  #isDirty = false;
  #hasWorkWaiting = false;
  #retryMs = FIRST_RETRY_MS;

  /** `onFirstChange` is called before a project's very first save, `onSaved` after each. */
  constructor(
    store: MaskflowStore,
    storage: Keeper,
    on: { firstChange: () => Promise<void>; saved: () => void },
  ) {
    this.#store = store;
    this.#storage = storage;
    this.#onFirstChange = on.firstChange;
    this.#onSaved = on.saved;
    this.#unsubscribe = store.subscribe((state, previous) => this.#notice(state, previous));
  }

  /** Saves go to this session from now on; null: nothing is saved. The state counts as saved until it changes. */
  follow(session: ProjectSession | null, saveState: SaveState): void {
    clearTimeout(this.#timer);
    this.#dueMs = Infinity;
    this.#session = session;
    this.#isDirty = false;
    this.#hasWorkWaiting = false;
    this.#retryMs = FIRST_RETRY_MS;
    this.#store.getState().setProjectData({ saveState });
  }

  /** Makes the next save due, whether something has changed or not. */
  requestSave(): void {
    this.#isDirty = true;
    this.#hasWorkWaiting = true;
    this.#tell({ kind: 'saving' });
    this.#schedule(0);
  }

  /** Saves what is unsaved now; whether all of it is on the disk afterwards. */
  async flush(): Promise<boolean> {
    let isSaved = true;
    while (this.#running || (this.#isDirty && isSaved)) {
      isSaved = await (this.#running ?? this.#start());
    }
    return !this.isUnsaved;
  }

  /** Whether closing the page now would lose work. */
  get isUnsaved(): boolean {
    const { kind } = this.#store.getState().saveState;
    return kind === 'saving' || kind === 'failed';
  }

  [Symbol.dispose](): void {
    this.#unsubscribe();
    clearTimeout(this.#timer);
  }

  #notice(state: MaskflowState, previous: MaskflowState): void {
    if (!this.#session || state.footage?.footageId !== previous.footage?.footageId) {
      return;
    }
    if (hasWorkChanged(state, previous)) {
      this.#isDirty = true;
      this.#hasWorkWaiting = true;
      if (state.saveState.kind !== 'failed') {
        this.#tell({ kind: 'saving' });
        this.#schedule(SAVE_AFTER_MS);
      }
    } else if (state.project && haveLooksChanged(state, previous)) {
      this.#isDirty = true;
      this.#schedule(SAVE_LOOKS_AFTER_MS);
    }
  }

  /** The earliest wish counts, so that a stream of changes cannot put the save off. */
  #schedule(delayMs: number): void {
    const dueMs = performance.now() + delayMs;
    if (dueMs < this.#dueMs && !this.#running) {
      clearTimeout(this.#timer);
      this.#dueMs = dueMs;
      this.#timer = setTimeout(() => void this.#start(), delayMs);
    }
  }

  #start(): Promise<boolean> {
    clearTimeout(this.#timer);
    this.#dueMs = Infinity;
    const session = this.#session;
    if (this.#running) {
      return this.#running;
    }
    if (!session) {
      this.#isDirty = false;
      return Promise.resolve(true);
    }
    const isWork = this.#hasWorkWaiting;
    this.#isDirty = false;
    this.#hasWorkWaiting = false;
    this.#running = this.#save(session)
      .then(
        (saveState) => this.#succeeded(session, saveState),
        (error: unknown) => this.#failed(session, error, isWork),
      )
      .finally(() => {
        this.#running = null;
        // Also of another session that was begun meanwhile: its first wish found this save under way.
        if (this.#isDirty && this.#dueMs === Infinity) {
          this.#schedule(this.#hasWorkWaiting ? SAVE_AFTER_MS : SAVE_LOOKS_AFTER_MS);
        }
      });
    return this.#running;
  }

  #succeeded(session: ProjectSession, saveState: SaveState): boolean {
    if (this.#session === session) {
      this.#retryMs = FIRST_RETRY_MS;
      this.#tell(this.#hasWorkWaiting && saveState.kind === 'saved' ? { kind: 'saving' } : saveState);
      this.#onSaved();
    }
    return true;
  }

  #failed(session: ProjectSession, error: unknown, isWork: boolean): boolean {
    if (this.#session === session) {
      this.#isDirty = true;
      this.#hasWorkWaiting ||= isWork;
      console.warn('saving failed', error);
      const message = toUserMessage(error);
      this.#tell({ kind: 'failed', reason: message.code === 'storage-full' ? 'full' : 'stopped', message });
      this.#dueMs = performance.now() + this.#retryMs;
      this.#timer = setTimeout(() => void this.#start(), this.#retryMs);
      this.#retryMs = Math.min(this.#retryMs * 2, LAST_RETRY_MS);
    }
    return false;
  }

  async #save(session: ProjectSession): Promise<SaveState> {
    if (!this.#store.getState().project) {
      await this.#onFirstChange();
    }
    const snapshot = snapshotOf(this.#store.getState());
    for (;;) {
      await this.#append(session, snapshot);
      const commit = session.commitOf(snapshot);
      const result = await this.#storage.commit(session.id, commit);
      if (session.committed(commit, result)) {
        const isKept = (await this.#storage.kind()) === 'disk';
        return isKept ? { kind: 'saved', atMs: result.savedAtMs } : unkept;
      }
    }
  }

  /** In batches, so that no message holds up the screen for long. */
  async #append(session: ProjectSession, snapshot: Snapshot): Promise<void> {
    const masks = session.newMasks(snapshot);
    for (let start = 0; start < masks.length; start += BATCH_MASKS) {
      const batch = masks.slice(start, start + BATCH_MASKS);
      const ids = await this.#storage.appendMasks(
        session.id,
        batch.map(({ mask }) => mask),
      );
      batch.forEach(({ key }, index) => session.appended(key, ids[index]!));
    }
  }

  #tell(saveState: SaveState): void {
    const { saveState: before, setProjectData } = this.#store.getState();
    if (before.kind !== saveState.kind || saveState.kind === 'saved' || saveState.kind === 'failed') {
      setProjectData({ saveState });
    }
  }
}

const noRoom: UserMessage = new UserFacingError({
  code: 'storage-failed',
  what: 'This window keeps nothing: the browser gives Maskflow no room here, as private windows often do.',
  safe: 'Everything works, and stays as long as this page is open.',
  todo: 'Save the project into a file before you close the page, or work in a normal window.',
});

const unkept: SaveState = {
  kind: 'failed',
  reason: 'noRoom',
  message: toUserMessage(noRoom),
};
