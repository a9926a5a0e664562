/** Brings masks in from files: read, shown, and only then put in place. */
import { isCancelled, toUserMessage, UserFacingError } from '../core/base/errors';
import { counted } from '../core/base/numberText';
import { importChanges } from '../core/import/importChanges';
import type { ImportSource } from '../core/import/importSource';
import {
  planImport,
  type ImportChoices,
  type ImportOrder,
  type ImportPlan,
  type ImportTarget,
} from '../core/import/planImport';
import { sourceOf, type ReadImport } from '../core/import/readImport';
import { regionRle } from '../core/track/regions';
import { importTarget } from '../state/importTarget';
import { showStepNotice } from '../state/stepNotice';
import type { MaskflowStore } from '../state/store';
import type { ImportProgress } from '../workers/import/importProtocol';
import type { InputFile } from './maskflowApp';
import { scaledSource } from './scaledSource';
import type { ImportService } from './services';

export class MaskImport {
  readonly #store: MaskflowStore;
  readonly #importer: ImportService;
  readonly #openFootage: (files: readonly InputFile[]) => Promise<void>;
  #controller: AbortController | null = null;
  /** Files that the user is asked about. */
  #dropped: readonly InputFile[] = [];

  constructor(
    store: MaskflowStore,
    importer: ImportService,
    openFootage: (files: readonly InputFile[]) => Promise<void>,
  ) {
    this.#store = store;
    this.#importer = importer;
    this.#openFootage = openFootage;
  }

  /** Reads the files and shows what they hold. A newer call takes over from an older one. */
  async read(files: readonly InputFile[]): Promise<void> {
    const [first] = files;
    if (!first) {
      return;
    }
    const name = files.length === 1 ? first.file.name : `${files.length} files`;
    await this.#work('Reading masks', name, async (options) => {
      if (!this.#store.getState().footage) {
        throw noFootage();
      }
      const read = await this.#importer.read(files, options);
      if (!options.signal.aborted) {
        this.#store.getState().setImporting({ kind: 'preview', read });
      }
    });
  }

  /** Opens dropped files as footage, or asks first when they look like masks of the open footage. */
  async drop(files: readonly InputFile[]): Promise<void> {
    const { footage } = this.#store.getState();
    if (!footage || !(await this.#importer.looksLikeMasks(files, footage).catch(() => false))) {
      await this.#openFootage(files);
      return;
    }
    if (files.every(({ path }) => /\.json$/i.test(path))) {
      await this.read(files);
      return;
    }
    this.#dropped = files;
    const [first] = files;
    const name = files.length === 1 ? (first?.file.name ?? '') : `${files.length} files`;
    this.#store.getState().setImporting({ kind: 'asking', name });
  }

  /** The answer to what dropped files are. */
  async answerDrop(meaning: 'masks' | 'footage'): Promise<void> {
    const files = this.#dropped;
    this.#dropped = [];
    this.#store.getState().setImporting(null);
    await (meaning === 'masks' ? this.read(files) : this.#openFootage(files));
  }

  /** Puts what is on show in place as one step of undo. Does nothing when the plan has no mask. */
  async commit({ choices, greyReading }: ImportOrder): Promise<void> {
    const { importing } = this.#store.getState();
    if (importing?.kind !== 'preview') {
      return;
    }
    const { read } = importing;
    await this.#work('Importing masks', nameOf(read), async (options) => {
      const target = importTarget(this.#store.getState());
      if (!target) {
        throw noFootage();
      }
      const source = sourceOf(read, target.frameStems, greyReading);
      const fitting = choices.isScaled
        ? await scaledSource(this.#importer, source, target.size, options)
        : source;
      if (!options.signal.aborted) {
        this.#put(fitting, target, choices);
      }
    });
  }

  cancel(): void {
    this.#controller?.abort();
    this.#controller = null;
    this.#dropped = [];
    this.#store.getState().setImporting(null);
  }

  #put(source: ImportSource, target: ImportTarget, choices: ImportChoices): void {
    const plan = planImport(source, target, choices);
    const { tracks } = target;
    const changes = importChanges({
      plan,
      tracks,
      isAbsenceTaken: choices.isAbsenceTaken,
      lockedOn: (frameIndex) => regionRle(tracks, target.labels, frameIndex, 'locked'),
    });
    const frames = changes.map(({ frameIndex }) => frameIndex).toSorted((a, b) => a - b);
    const [fromFrame] = frames;
    if (fromFrame === undefined) {
      return;
    }
    const { commitImport, currentFrame, seek } = this.#store.getState();
    const objectIds = plan.labels.flatMap(({ target: label }) => (label ? [label.objectId] : []));
    const toFrame = frames.at(-1) ?? fromFrame;
    commitImport(
      { name: `Import of ${source.name}`, objectIds, fromFrame, toFrame },
      plan.labelsAfter,
      changes,
    );
    if (!frames.includes(currentFrame)) {
      seek(fromFrame);
    }
    showStepNotice(this.#store, importedText(source.name, plan));
  }

  async #work(
    phase: string,
    name: string,
    work: (options: { signal: AbortSignal; onProgress: (progress: ImportProgress) => void }) => Promise<void>,
  ): Promise<void> {
    this.#controller?.abort();
    const controller = new AbortController();
    this.#controller = controller;
    const { setImporting, showError } = this.#store.getState();
    setImporting({ kind: 'working', phase, name, fraction: null });
    const onProgress = ({ done, total }: ImportProgress): void => {
      if (this.#controller === controller) {
        setImporting({ kind: 'working', phase, name, fraction: total === 0 ? null : done / total });
      }
    };
    try {
      await work({ signal: controller.signal, onProgress });
    } catch (error) {
      if (!isCancelled(error) && !controller.signal.aborted) {
        showError(toUserMessage(error));
      }
    } finally {
      if (this.#controller === controller) {
        this.#controller = null;
        if (this.#store.getState().importing?.kind === 'working') {
          setImporting(null);
        }
      }
    }
  }
}

function nameOf(read: ReadImport): string {
  return read.kind === 'coco' ? read.source.name : read.raw.name;
}

function importedText(name: string, { counts }: ImportPlan): string {
  return `Imported ${counted(counts.masks, 'mask')} on ${counted(counts.frames, 'frame')} from ${name}. Undo takes the import back.`;
}

function noFootage(): UserFacingError {
  return new UserFacingError({
    code: 'import-nothing',
    what: 'Masks can be imported only onto footage, and none is open.',
    safe: 'Nothing was changed.',
    todo: 'Open the footage that the masks belong to, then import them.',
  });
}
