/** What is told while a checkpoint becomes the weights of a model, and what came of it. */
import type { UserMessage } from '../base/errors';
import type { HydratedModel } from './modelStatus';
import type { ModelId } from './shelf';

export type HydrationProgress = {
  /** In the user's words: `Downloading XMem.pth`, `Reading XMem.pth`. */
  readonly phase: string;
  /** 0..1; null where the length is not known. */
  readonly fraction: number | null;
};

export type FileRefusal = {
  readonly message: UserMessage;
  readonly details: readonly string[];
  /** Whose file it is, where that is another model's; left out for others. */
  readonly belongsTo?: ModelId;
};

export type HydrationOutcome =
  | { readonly kind: 'done'; readonly model: HydratedModel }
  /** The file is none of this model's, or broken; nothing was kept. `details`: a line for each tensor concerned. */
  | ({ readonly kind: 'refused' } & FileRefusal);

/** What came of an official file before the download broke or was cancelled; it is kept to go on from. */
export type PartialDownload = { readonly id: ModelId; readonly sizeBytes: number };
