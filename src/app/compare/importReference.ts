/** Brings masks in as a reference to compare with: read and shown like an import, but kept beside the annotation. */
import { isCancelled, toUserMessage, UserFacingError } from '../../core/base/errors';
import { counted } from '../../core/base/numberText';
import type { ReferenceSet } from '../../core/compare/referenceSet';
import { withImported } from '../../core/import/applyChanges';
import { importChanges } from '../../core/import/importChanges';
import type { ImportSource } from '../../core/import/importSource';
import {
  planImport,
  type ImportChoices,
  type ImportOrder,
  type ImportPlan,
  type ImportTarget,
} from '../../core/import/planImport';
import { sourceOf, type ReadImport } from '../../core/import/readImport';
import type { Label } from '../../core/label/label';
import { importTarget } from '../../state/importTarget';
import type { MaskflowStore } from '../../state/store';
import type { ImportProgress } from '../../workers/import/importProtocol';
import type { InputFile } from '../inputFile';
import { scaledSource } from '../scaledSource';
import type { ImportService } from '../services';

type WorkOptions = { signal: AbortSignal; onProgress: (progress: ImportProgress) => void };

export class ReferenceImport {
  readonly #store: MaskflowStore;
  readonly #importer: Pick<ImportService, 'read' | 'scale'>;
  #controller: AbortController | null = null;

  constructor(store: MaskflowStore, importer: Pick<ImportService, 'read' | 'scale'>) {
    this.#store = store;
    this.#importer = importer;
  }

  /** Reads the files and shows what they hold. A newer call takes over from an older one. */
  async read(files: readonly InputFile[]): Promise<void> {
    const [first] = files;
    if (!first) {
      return;
    }
    const name = files.length === 1 ? first.file.name : `${files.length} files`;
    await this.#work(name, async (options) => {
      referenceTarget(this.#store);
      const read = namedAfterFiles(await this.#importer.read(files, options), files);
      return () => this.#store.getState().setCompareData({ referenceImport: { kind: 'preview', read } });
    });
  }

  /** Makes a reference of what is on show, as one step of undo. */
  async commit({ choices, greyReading }: ImportOrder): Promise<void> {
    const { referenceImport } = this.#store.getState();
    if (referenceImport?.kind !== 'preview') {
      return;
    }
    const { read } = referenceImport;
    const name = read.kind === 'coco' ? read.source.name : read.raw.name;
    await this.#work(name, async (options) => {
      const target = referenceTarget(this.#store);
      const source = sourceOf(read, target.frameStems, greyReading);
      const fitting = choices.isScaled
        ? await scaledSource(this.#importer, source, target.size, options)
        : source;
      return () => this.#put(fitting, target, choices);
    });
  }

  cancel(): void {
    this.#controller?.abort();
    this.#controller = null;
    this.#store.getState().setCompareData({ referenceImport: null });
  }

  /** `work` gives what is to be done with its result, unless it was cancelled or other footage was opened. */
  async #work(name: string, work: (options: WorkOptions) => Promise<() => void>): Promise<void> {
    this.cancel();
    const controller = new AbortController();
    this.#controller = controller;
    const { signal } = controller;
    const { setCompareData, showError, footage } = this.#store.getState();
    const tell = (fraction: number | null): void => {
      if (!signal.aborted) {
        setCompareData({ referenceImport: { kind: 'working', name, fraction } });
      }
    };
    tell(null);
    const onProgress = ({ done, total }: ImportProgress): void => tell(total === 0 ? null : done / total);
    try {
      const finish = await work({ signal, onProgress });
      if (!signal.aborted && this.#store.getState().footage?.footageId === footage?.footageId) {
        finish();
      }
    } catch (error) {
      if (!signal.aborted && !isCancelled(error)) {
        showError(toUserMessage(error));
      }
    } finally {
      if (this.#controller === controller) {
        this.#controller = null;
        if (this.#store.getState().referenceImport?.kind === 'working') {
          setCompareData({ referenceImport: null });
        }
      }
    }
  }

  #put(source: ImportSource, target: ImportTarget, choices: ImportChoices): void {
    const plan = planImport(source, target, choices);
    const reference = referenceOf(source, plan, choices);
    if (!reference) {
      throw new UserFacingError({
        code: 'import-nothing',
        what: `${source.name} holds no masks for frames of this footage.`,
        safe: 'Nothing was changed.',
        todo: 'Name the files like the frames, number them, or choose other files.',
      });
    }
    const { addReference, showNotice } = this.#store.getState();
    addReference(reference);
    showNotice(referenceText(reference, plan, target));
  }
}

/** Loose files have no name in common: the reference is called after the first and the last. */
function namedAfterFiles(read: ReadImport, files: readonly InputFile[]): ReadImport {
  const names = files
    .filter(({ path }) => !path.includes('/'))
    .map(({ file }) => file.name)
    .toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  if (names.length < 2) {
    return read;
  }
  const name = `${names[0]} – ${names.at(-1)}`;
  return read.kind === 'coco'
    ? { ...read, source: { ...read.source, name } }
    : { ...read, raw: { ...read.raw, name } };
}

/** Throws a UserFacingError while no footage is open. */
function referenceTarget(store: MaskflowStore): ImportTarget {
  const target = importTarget(store.getState(), 'reference');
  if (!target) {
    throw new UserFacingError({
      code: 'import-nothing',
      what: 'A reference belongs to footage, and none is open.',
      safe: 'Nothing was changed.',
      todo: 'Open the footage that the masks belong to, then import them.',
    });
  }
  return target;
}

/** Null when no picture belongs to a frame. */
function referenceOf(
  source: ImportSource,
  plan: ImportPlan,
  { isAbsenceTaken }: ImportChoices,
): Omit<ReferenceSet, 'id'> | null {
  const changes = importChanges({ plan, tracks: new Map(), isAbsenceTaken, lockedOn: () => null }).map(
    ({ frameIndex, masks }) => ({
      frameIndex,
      // Thresholds are rules of the project's own labels: the probabilities behind a reference would never be asked for.
      masks: masks.map(([objectId, mask]) => [objectId, { ...mask, soft: undefined }] as const),
    }),
  );
  if (changes.length === 0) {
    return null;
  }
  const matches = plan.labels
    .flatMap(({ choice }) => (choice.kind === 'existing' ? [choice.objectId] : []))
    .filter((id, index, ids) => ids.indexOf(id) === index)
    .map((id) => ({ own: id, project: id }));
  const tracks = withImported(new Map(), changes);
  return { name: source.name, labels: ownLabels(plan), tracks, matches };
}

/** The labels that get masks, called as the files call them. */
function ownLabels({ labels, labelsAfter }: ImportPlan): Label[] {
  return labelsAfter.flatMap((label) => {
    const names = labels
      .filter(({ target }) => target?.objectId === label.objectId)
      .map((planned) => planned.label.name ?? planned.label.meaning);
    return names.length === 0 ? [] : [{ ...label, name: names.join(' + '), isVisible: true }];
  });
}

function referenceText(
  { name, labels, tracks }: Omit<ReferenceSet, 'id'>,
  { counts, pictures }: ImportPlan,
  { size }: ImportTarget,
): string {
  const frames = new Set([...tracks.values()].flatMap(({ prompted }) => [...prompted.keys()])).size;
  const objects = labels.filter(({ role }) => role === 'object').length;
  const parts = [
    `${counted(frames, 'frame')}, ${counted(objects, 'label')}`,
    ...(counts.left > 0 ? [`${counted(counts.left, 'picture')} left out`] : []),
    ...(pictures.some(({ isScaled }) => isScaled) ? [`scaled to ${size.width}x${size.height}`] : []),
  ];
  return `Reference ${name}: ${parts.join('; ')}. It is only compared with; no mask changes. Undo takes it back.`;
}
