/** Brings masks in as a reference to compare with: read like an import, but kept beside the annotation. */
import { isCancelled, toUserMessage, UserFacingError } from '../../core/base/errors';
import type { ReferenceSet } from '../../core/compare/referenceSet';
import { withImported } from '../../core/import/applyChanges';
import { importChanges } from '../../core/import/importChanges';
import type { ImportSource } from '../../core/import/importSource';
import { defaultChoices, planImport, type ImportPlan, type ImportTarget } from '../../core/import/planImport';
import { sourceOf } from '../../core/import/readImport';
import { importTarget } from '../../state/importTarget';
import type { MaskflowStore } from '../../state/store';
import type { InputFile } from '../inputFile';
import type { ImportService } from '../services';

/** Pictures of another size are scaled; a label that a picture does not show is absent there. */
const choices = { ...defaultChoices, isScaled: true, isAbsenceTaken: true };

export class ReferenceImport {
  readonly #store: MaskflowStore;
  readonly #importer: Pick<ImportService, 'read' | 'scale'>;
  #controller: AbortController | null = null;

  constructor(store: MaskflowStore, importer: Pick<ImportService, 'read' | 'scale'>) {
    this.#store = store;
    this.#importer = importer;
  }

  /** A newer call takes over from an older one. */
  async read(files: readonly InputFile[]): Promise<void> {
    const [first] = files;
    if (!first) {
      return;
    }
    this.cancel();
    const controller = new AbortController();
    this.#controller = controller;
    const { signal } = controller;
    const { setCompareData, showError, footage } = this.#store.getState();
    const name = files.length === 1 ? first.file.name : `${files.length} files`;
    const tell = (fraction: number | null): void => {
      if (!signal.aborted) {
        setCompareData({ referenceImport: { name, fraction } });
      }
    };
    tell(null);
    const onProgress = ({ done, total }: { done: number; total: number }): void =>
      tell(total === 0 ? null : done / total);
    try {
      const read = await this.#importer.read(files, { signal, onProgress });
      const target = emptyTarget(this.#store);
      const source = sourceOf(read, target.frameStems, null);
      const fitting = await this.#scaled(source, target, { signal, onProgress });
      if (!signal.aborted && this.#store.getState().footage?.footageId === footage?.footageId) {
        this.#put(namedAfterFiles(fitting, files), target);
      }
    } catch (error) {
      if (!signal.aborted && !isCancelled(error)) {
        showError(toUserMessage(error));
      }
    } finally {
      if (this.#controller === controller) {
        this.#controller = null;
        setCompareData({ referenceImport: null });
      }
    }
  }

  cancel(): void {
    this.#controller?.abort();
    this.#controller = null;
    this.#store.getState().setCompareData({ referenceImport: null });
  }

  async #scaled(
    source: ImportSource,
    { size }: ImportTarget,
    options: { signal: AbortSignal; onProgress: (progress: { done: number; total: number }) => void },
  ): Promise<ImportSource> {
    const isOdd = (picture: ImportSource['pictures'][number]): boolean =>
      picture.size.width !== size.width || picture.size.height !== size.height;
    const odd = source.pictures.filter(isOdd);
    if (odd.length === 0) {
      return source;
    }
    const scaled = [...(await this.#importer.scale(odd, size, options))];
    return {
      ...source,
      pictures: source.pictures.map((picture) => (isOdd(picture) ? (scaled.shift() ?? picture) : picture)),
    };
  }

  #put(source: ImportSource, target: ImportTarget): void {
    const plan = planImport(source, target, choices);
    const reference = referenceOf(source, plan);
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
function namedAfterFiles(source: ImportSource, files: readonly InputFile[]): ImportSource {
  const names = files
    .filter(({ path }) => !path.includes('/'))
    .map(({ file }) => file.name)
    .toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  return names.length < 2 ? source : { ...source, name: `${names[0]} – ${names.at(-1)}` };
}

/** An import into nothing: the reference's labels are its own. */
function emptyTarget(store: MaskflowStore): ImportTarget {
  const target = importTarget(store.getState());
  if (!target) {
    throw new UserFacingError({
      code: 'import-nothing',
      what: 'A reference belongs to footage, and none is open.',
      safe: 'Nothing was changed.',
      todo: 'Open the footage that the masks belong to, then import them.',
    });
  }
  return { ...target, labels: [], lastObjectId: 0, activeObjectId: null, prompts: [], tracks: new Map() };
}

/** Null when no picture belongs to a frame. */
function referenceOf(source: ImportSource, plan: ImportPlan): Omit<ReferenceSet, 'id'> | null {
  const changes = importChanges({
    plan,
    tracks: new Map(),
    isAbsenceTaken: true,
    lockedOn: () => null,
  }).map(({ frameIndex, masks }) => ({
    frameIndex,
    // Thresholds are rules of the project's own labels: the probabilities behind a reference would never be asked for.
    masks: masks.map(([objectId, mask]) => [objectId, { ...mask, soft: undefined }] as const),
  }));
  if (changes.length === 0) {
    return null;
  }
  const meaningOf = new Map(plan.labels.map(({ label, target }) => [target?.objectId, label]));
  const labels = plan.labelsAfter.map((label) => {
    const imported = meaningOf.get(label.objectId);
    return { ...label, name: imported?.name ?? imported?.meaning ?? label.name };
  });
  return { name: source.name, labels, tracks: withImported(new Map(), changes) };
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

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
