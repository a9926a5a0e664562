/** SAM 2's networks as graphs of the model shelf; EdgeTAM's have the same names and shapes. */
import type { GraphSessions, StartOptions } from '../models/shelfSessions';
import type { GraphInput, GraphSession } from '../ort/graphSession';
import type { OrtTensor } from '../ort/ortRuntime';
import type { RunOptions } from '../sam/imageEncoder';
import type { RgbaPicture } from '../sam/preprocess';
import { roundToBfloat16 } from './bfloat16';
import { memoryFeeds } from './memoryFeeds';
import type {
  ConditionedFeatures,
  DecodedMask,
  DecodeInput,
  ImageFeatures,
  MaskToRemember,
  MemoryRead,
  Sam2Network,
} from './network';
import type { Sam2Config } from './sam2Config';
import { squarePicture } from './squarePicture';

const BYTES_PER_VALUE = 4;

/** Handed from graph to graph without leaving the GPU. */
export const sam2GpuOutputs: NonNullable<StartOptions['gpuOutputs']> = {
  vision_encoder: ['features', 'high0', 'high1'],
  memory_attention: ['conditioned'],
};

export class GraphNetwork implements Sam2Network {
  readonly config: Sam2Config;
  readonly #graphs: GraphSessions;

  constructor(graphs: GraphSessions, config: Sam2Config) {
    this.#graphs = graphs;
    this.config = config;
  }

  /** image [1,3,S,S] -> features [1,C,F,F], high0 [1,C/8,4F,4F], high1 [1,C/4,2F,2F]. */
  async encode(
    picture: RgbaPicture,
    options: RunOptions,
  ): Promise<{ embedding: ImageFeatures; runMs: number }> {
    const { imageSize: side } = this.config;
    const values = squarePicture(picture, this.config);
    const encoder = this.#graph('vision_encoder');
    const { outputs, runMs } = await encoder.run({
      feeds: { image: { values, dims: [1, 3, side, side] } },
      fetches: ['features', 'high0', 'high1'],
      ...options,
    });
    const [features, high0, high1] = [outputs['features']!, outputs['high0']!, outputs['high1']!];
    const all = [features, high0, high1];
    const embedding = {
      features,
      high0,
      high1,
      source: { width: picture.width, height: picture.height },
      sizeBytes: all.reduce((bytes, tensor) => bytes + tensor.size * BYTES_PER_VALUE, 0),
      dispose: () => all.forEach((tensor) => encoder.disposeTensor(tensor)),
    };
    return { embedding, runMs };
  }

  async attend(
    { features }: ImageFeatures,
    read: MemoryRead,
    options: RunOptions,
  ): Promise<ConditionedFeatures & { runMs: number }> {
    const attention = this.#graph('memory_attention');
    const { outputs, runMs } = await attention.run({
      feeds: { features: { tensor: features }, ...memoryFeeds(read, this.config) },
      fetches: ['conditioned'],
      ...options,
    });
    const tensor = outputs['conditioned']!;
    return { tensor, dispose: () => attention.disposeTensor(tensor), runMs };
  }

  /**
   * features [1,C,F,F], high0, high1, without_memory [1], points [1,n,2], labels [1,n], mask_input [1,1,L,L], has_mask
   * [1], multimask [1] -> mask [1,1,L,L], iou [1,1], object_score [1,1], pointer [1,C].
   */
  async decode(
    { image, memory, points, maskInput }: DecodeInput,
    options: RunOptions,
  ): Promise<DecodedMask & { runMs: number }> {
    const { maskSize: side } = this.config;
    const count = points.labels.length;
    const { runMs, values } = await this.#runToCpu(
      'mask_decoder',
      {
        features: { tensor: typeof memory === 'string' ? image.features : memory.tensor },
        high0: { tensor: image.high0 },
        high1: { tensor: image.high1 },
        without_memory: flag(memory === 'none'),
        points: { values: points.coords, dims: [1, count, 2] },
        labels: { values: points.labels, dims: [1, count] },
        mask_input: { values: maskInput ?? new Float32Array(side * side), dims: [1, 1, side, side] },
        has_mask: flag(maskInput !== null),
        multimask: flag(points.isAmbiguous),
      },
      ['mask', 'iou', 'object_score', 'pointer'],
      options,
    );
    return {
      logits: values['mask']!,
      predictedIou: values['iou']![0]!,
      objectScore: values['object_score']![0]!,
      pointer: values['pointer']!,
      runMs,
    };
  }

  /** mask [1,1,S,S] -> mask_input [1,1,L,L], absent_pointer [1,C]. */
  async promptOfMask(
    mask: Float32Array,
    options: RunOptions,
  ): Promise<{ maskInput: Float32Array; absentPointer: Float32Array; runMs: number }> {
    const { imageSize: side } = this.config;
    const { runMs, values } = await this.#runToCpu(
      'mask_prompt',
      { mask: { values: mask, dims: [1, 1, side, side] } },
      ['mask_input', 'absent_pointer'],
      options,
    );
    return { maskInput: values['mask_input']!, absentPointer: values['absent_pointer']!, runMs };
  }

  /** features [1,C,F,F], mask [1,1,h,w], binarise [1], object_score [1,1] -> memory [1,T,D]. */
  async remember(
    { features }: ImageFeatures,
    { logits, side, isGiven, objectScore }: MaskToRemember,
    options: RunOptions,
  ): Promise<{ map: Float32Array; runMs: number }> {
    // EdgeTAM's memory does not care whether the object is seen.
    const hasScore = this.#graph('memory_encoder').inputNames.includes('object_score');
    const { runMs, values } = await this.#runToCpu(
      'memory_encoder',
      {
        features: { tensor: features },
        mask: { values: logits, dims: [1, 1, side, side] },
        binarise: flag(isGiven),
        ...(hasScore ? { object_score: { values: Float32Array.of(objectScore), dims: [1, 1] } } : {}),
      },
      ['memory'],
      options,
    );
    const map = values['memory']!;
    if (this.config.memoryRounding === 'bfloat16') {
      roundToBfloat16(map);
    }
    return { map, runMs };
  }

  #graph(name: string): GraphSession {
    const graph = this.#graphs[name];
    if (!graph) {
      throw new TypeError(`the model has no graph ${name}`);
    }
    return graph;
  }

  /** Runs a graph whose outputs come to the CPU, and takes them out of ONNX Runtime's hands. */
  async #runToCpu(
    name: string,
    feeds: Record<string, GraphInput>,
    fetches: readonly string[],
    options: RunOptions,
  ): Promise<{ values: Record<string, Float32Array<ArrayBuffer>>; runMs: number }> {
    const graph = this.#graph(name);
    const { outputs, runMs } = await graph.run({ feeds, fetches, ...options });
    const values: Record<string, Float32Array<ArrayBuffer>> = {};
    for (const [output, tensor] of Object.entries(outputs) as [string, OrtTensor][]) {
      values[output] = Float32Array.from(tensor.data as Float32Array);
      graph.disposeTensor(tensor);
    }
    return { values, runMs };
  }
}

function flag(isSet: boolean): GraphInput {
  return { values: Float32Array.of(isSet ? 1 : 0), dims: [1] };
}
