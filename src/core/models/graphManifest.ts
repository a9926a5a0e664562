/** What manifest.json says of a model: its graphs without weights, and where each weight comes from. */
import type { ModelVariant } from './modelStatus';
import type { OfficialStatistics } from './modelTest';
import type { ModelFamily, ModelId } from './shelf';

export type CheckpointContainer = 'pytorch' | 'safetensors' | 'onnx';

/** Types of weights in the external data of a graph. */
export type WeightDtype = 'float32' | 'float16' | 'int64' | 'int32' | 'uint8' | 'bool';

/** Done to a tensor of the checkpoint, in order, to make a weight of it. */
export type TensorStep =
  | { readonly kind: 'slice'; readonly axis: number; readonly start: number; readonly end: number }
  /** As numpy.transpose: axis i of the result is axis `axes[i]` of the source. */
  | { readonly kind: 'transpose'; readonly axes: readonly number[] }
  | { readonly kind: 'reshape'; readonly shape: readonly number[] }
  /** Zeros behind the last element of `axis` until it has `to` of them. */
  | { readonly kind: 'padZeros'; readonly axis: number; readonly to: number };

/** A tensor of the checkpoint, and what is done to it. */
export type TensorOrigin = {
  readonly name: string;
  readonly shape: readonly number[];
  readonly steps: readonly TensorStep[];
};

export type GraphTensor = {
  /** Of the initialiser in the graphs. */
  readonly name: string;
  readonly dtype: WeightDtype;
  readonly shape: readonly number[];
  /** Index in `weightFiles`. */
  readonly file: number;
  /** Bytes; a multiple of 64. */
  readonly offset: number;
  /** By layout id; every layout has one. */
  readonly from: Readonly<Record<string, TensorOrigin>>;
};

export type GraphFile = {
  /** File name beside manifest.json. */
  readonly file: string;
  readonly sizeBytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
  /** Name -> shape; null is a free dimension. */
  readonly inputs: Readonly<Record<string, readonly (number | null)[]>>;
  readonly outputs: Readonly<Record<string, readonly (number | null)[]>>;
};

export type WeightFile = {
  /** `external_data.location` in the graphs; also the name of the stored file. */
  readonly path: string;
  readonly sizeBytes: number;
};

export type GraphVariant = {
  readonly graphs: Readonly<Record<string, GraphFile>>;
  readonly weightFiles: readonly WeightFile[];
  readonly tensors: readonly GraphTensor[];
};

/** One form of official file that the model can be read from. */
export type CheckpointLayout = {
  readonly id: string;
  readonly container: CheckpointContainer;
  /** Dictionary keys under which the weights may lie, outer to inner joined by `/`; '' is the top. */
  readonly roots: readonly string[];
  /** Names that may be there without being used; `*` stands for any text. */
  readonly ignored: readonly string[];
};

export type CheckpointSource = {
  readonly layout: string;
  /** `download`: its host lets browsers read it. `link`: the user fetches it by a link. */
  readonly kind: 'link' | 'download';
  readonly url: string;
  readonly fileName: string;
  /** Null where not known. */
  readonly sizeBytes: number | null;
  /** Lower-case hex; null where not known. */
  readonly sha256: string | null;
  /** Its first digits, where only those are known. */
  readonly sha256Prefix: string | null;
  readonly licence: string;
};

export type GraphManifest = {
  readonly formatVersion: 1;
  readonly id: ModelId;
  readonly name: string;
  readonly family: ModelFamily;
  readonly licence: string;
  readonly source: string;
  /** Parsed by the engine of the family. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly layouts: readonly CheckpointLayout[];
  readonly sources: readonly CheckpointSource[];
  readonly variants: Readonly<Partial<Record<ModelVariant, GraphVariant>>>;
  /** What the official weights give on the self-test's input; left out where nobody could run them. */
  readonly officialStatistics?: Readonly<Partial<Record<ModelVariant, OfficialStatistics>>>;
  readonly provenance: { readonly testedWith: 'seeded weights' | 'official weights' };
};

const bytesPerElement: Readonly<Record<WeightDtype, number>> = {
  float32: 4,
  float16: 2,
  int64: 8,
  int32: 4,
  uint8: 1,
  bool: 1,
};

/** How many elements a shape has; 1 for a scalar. */
export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

export function weightBytes({ dtype, shape }: Pick<GraphTensor, 'dtype' | 'shape'>): number {
  return elementCount(shape) * bytesPerElement[dtype];
}
