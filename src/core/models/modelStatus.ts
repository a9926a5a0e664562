/** How far a model of the shelf is on this device. */
import type { UserMessage } from '../base/errors';
import type { ModelFile } from './modelFile';
import type { ModelId } from './shelf';

/** `fp16` runs where the graphics card has `shader-f16`. */
export const modelVariants = ['fp32', 'fp16'] as const;

export type ModelVariant = (typeof modelVariants)[number];

/** The weights of a model as they lie on this device, and the file they were read from. */
export type HydratedModel = {
  readonly variant: ModelVariant;
  /** Name of the official file. */
  readonly checkpointName: string;
  readonly checkpointBytes: number;
  /** Lower-case hexadecimal digits; null where the file was not read to its end by a hash. */
  readonly checkpointSha256: string | null;
  /** Whether that is the hash of an official file; null where none is known to compare with. */
  readonly isOfficial: boolean | null;
  /** The host that stated this hash before the download, where it is not known here; null or left out for others. */
  readonly statedBy?: string | null;
  /** Of the weights as they were written, in the order of the manifest's files. */
  readonly weightsSha256: string | null;
  /** Bytes of weights on this device. */
  readonly storedBytes: number;
  /** Milliseconds since 1970, UTC. */
  readonly hydratedAtMs: number;
  /** Of the graphs that go with the weights. */
  readonly graphs: readonly ModelFile[];
};

/** A file that is becoming the weights of a model, or that could not. */
export type ModelArrival =
  | {
      readonly kind: 'working';
      /** In the user's words: `Downloading`, `Reading XMem.pth`. */
      readonly phase: string;
      /** 0..1; null where the length is not known. */
      readonly fraction: number | null;
    }
  /** Nothing of it was kept. `details`: each tensor that was missing, extra or misshaped, in words. */
  | {
      readonly kind: 'failed';
      readonly message: UserMessage;
      readonly details: readonly string[];
      /** Whose file it is, where that is another model's; left out for others. */
      readonly belongsTo?: ModelId;
    };

/** By which weights and graphs a run was drawn. */
export type LoggedModel = Pick<
  HydratedModel,
  'variant' | 'checkpointName' | 'checkpointSha256' | 'graphs'
> & {
  readonly id: ModelId;
  /** As in HydratedModel; logs of before do not say. */
  readonly isOfficial?: boolean | null;
  /** As in HydratedModel. */
  readonly statedBy?: string | null;
};

export function loggedModel(
  id: ModelId,
  { variant, checkpointName, checkpointSha256, isOfficial, statedBy, graphs }: HydratedModel,
): LoggedModel {
  const logged = { id, variant, checkpointName, checkpointSha256, isOfficial, graphs };
  return statedBy ? { ...logged, statedBy } : logged;
}
