/** The SAM pair and the graphs that work on its embeddings, loaded on one provider. */
import type { ModelFiles } from '../models/modelFiles';
import type { ShelfModelFiles } from '../models/shelfFiles';
import { canRun, releaseGraphs, startGraphs, type GraphSessions } from '../models/shelfSessions';
import type { OrtContext } from '../ort/graphSession';
import { CellKeyReader } from './cellKeyReader';
import { ImageEncoder, type EncoderGraph } from './imageEncoder';
import { MaskDecoder } from './maskDecoder';
import { cellKeysGraph, groupedMemoryReadGraph, memoryReadGraph } from './memoryGraphs';
import { MemoryReader } from './memoryReader';
import { isFromShelf, normalisationOf, type SamFiles } from './samFiles';

/** Which graphs a SAM has, and what they call their inputs and outputs. */
type SamPair = { readonly encoder: EncoderGraph; readonly drawsAll: boolean };

export class SamModel {
  readonly encoder: ImageEncoder;
  readonly decoder: MaskDecoder;
  readonly cellKeys: CellKeyReader;
  readonly memory: MemoryReader;
  readonly #sessions: readonly GraphSessions[];

  private constructor(parts: Omit<SamModel, 'release'>, sessions: readonly GraphSessions[]) {
    this.encoder = parts.encoder;
    this.decoder = parts.decoder;
    this.cellKeys = parts.cellKeys;
    this.memory = parts.memory;
    this.#sessions = sessions;
  }

  /** With a device: on WebGPU, embeddings staying on the GPU. Without: on the CPU. All sessions, or none. */
  static async create(context: OrtContext, files: SamFiles, device: GPUDevice | null): Promise<SamModel> {
    if (isFromShelf(files) && !canRun(files, device)) {
      throw new Error('it cannot calculate with half precision');
    }
    const pair = isFromShelf(files) ? shelfPair(files) : bundledPair(files);
    const sam = await startGraphs(context, isFromShelf(files) ? files : bundledGraphs(files), device, {
      // Shapes become constants, which lets ort fold away the encoder's shape arithmetic.
      freeDimensions: { batch_size: 1 },
      gpuOutputs: { encoder: [pair.encoder.output] },
    });
    try {
      const graphs = new Map([
        ['cellKeys', cellKeysGraph()],
        ['memoryRead', device ? groupedMemoryReadGraph() : memoryReadGraph()],
      ]);
      const own = await startGraphs(context, { graphs, weights: [] }, device);
      const parts = {
        encoder: new ImageEncoder(sam['encoder']!, pair.encoder),
        decoder: new MaskDecoder(sam['decoder']!, pair),
        cellKeys: new CellKeyReader(own['cellKeys']!),
        memory: new MemoryReader(own['memoryRead']!, device !== null),
      };
      return new SamModel(parts, [sam, own]);
    } catch (error) {
      await releaseGraphs(sam);
      throw error;
    }
  }

  async release(): Promise<void> {
    for (const sessions of this.#sessions) {
      await releaseGraphs(sessions);
    }
  }
}

function bundledGraphs({ encoder, decoder }: ModelFiles) {
  return {
    graphs: new Map([
      ['encoder', encoder],
      ['decoder', decoder],
    ]),
    weights: [],
  };
}

function bundledPair({ manifest }: ModelFiles): SamPair {
  const { encoder, normalisation } = manifest;
  return {
    encoder: {
      input: Object.keys(encoder.inputs)[0] ?? 'input',
      output: Object.keys(encoder.outputs)[0] ?? 'output',
      normalisation,
    },
    drawsAll: false,
  };
}

function shelfPair(files: ShelfModelFiles): SamPair {
  return {
    encoder: { input: 'picture', output: 'image_embeddings', normalisation: normalisationOf(files) },
    drawsAll: true,
  };
}
