/** What the models page tells of a model before anything is downloaded. */
import type { CheckpointContainer, CheckpointSource, GraphManifest } from './graphManifest';
import { modelVariants, type ModelVariant } from './modelStatus';
import { canPropagate, type ModelId } from './shelf';

export type OfferedVariant = { readonly graphBytes: number; readonly weightBytes: number };

export type OfferedSource = CheckpointSource & { readonly container: CheckpointContainer };

export type ModelOffer = {
  readonly id: ModelId;
  readonly licence: string;
  /** Where the network comes from, in words or as an address. */
  readonly source: string;
  /** The official files, the ones that can be downloaded from here first. */
  readonly sources: readonly OfferedSource[];
  /** Kinds of files that the weights can be read from, also ones that no source is stated for. */
  readonly containers: readonly CheckpointContainer[];
  readonly variants: Readonly<Partial<Record<ModelVariant, OfferedVariant>>>;
  readonly testedWith: GraphManifest['provenance']['testedWith'];
};

/** The variant to read: 16 bits where they are wanted and there, or nothing else is. */
export function offeredVariant({ variants }: Pick<ModelOffer, 'variants'>, wantsHalf: boolean): ModelVariant {
  return variants.fp16 && (wantsHalf || !variants.fp32) ? 'fp16' : 'fp32';
}

/** Whether 16 bits are what a model begins with: what a memory rounds, later frames build on, so not for video. */
export function beginsWithHalf(id: ModelId): boolean {
  return !canPropagate(id);
}

export function offerOf({
  id,
  licence,
  source,
  sources,
  layouts,
  variants,
  provenance,
}: GraphManifest): ModelOffer {
  const containers = new Map(layouts.map((layout) => [layout.id, layout.container]));
  const offered = sources.flatMap((entry) => {
    const container = containers.get(entry.layout);
    return container ? [{ ...entry, container }] : [];
  });
  return {
    id,
    licence,
    source,
    sources: offered.toSorted((a, b) => Number(b.kind === 'download') - Number(a.kind === 'download')),
    containers: [...new Set(containers.values())],
    variants: Object.fromEntries(
      modelVariants.flatMap((variant) => {
        const found = variants[variant];
        return found
          ? [
              [
                variant,
                {
                  graphBytes: sum(Object.values(found.graphs)),
                  weightBytes: sum(found.weightFiles),
                },
              ] as const,
            ]
          : [];
      }),
    ),
    testedWith: provenance.testedWith,
  };
}

function sum(files: readonly { readonly sizeBytes: number }[]): number {
  return files.reduce((total, { sizeBytes }) => total + sizeBytes, 0);
}
