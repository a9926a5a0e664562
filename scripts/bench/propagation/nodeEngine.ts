/** The app's segmentation engine under Node, on native ONNX Runtime. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { PromptingModelId } from '../../../src/core/models/shelf';
import { parseModelManifest } from '../../../src/engine/models/modelManifest';
import type { ModelFiles } from '../../../src/engine/models/modelFiles';
import type { OrtRuntime } from '../../../src/engine/ort/ortRuntime';
import { SegmentEngine } from '../../../src/engine/segmentEngine';
import type { BenchHost } from './host';
import type { ShelfWeights } from './options';
import { loadShelfModel } from './shelfModel';

/** The version of onnxruntime-web in the app. All platforms' libraries are in it, and those for the CPU suffice. */
export const ONNXRUNTIME_NODE = { name: 'onnxruntime-node', version: '1.30.0', size: '288 MB' } as const;

/** What package `onnxruntime-node` exports, as far as it is used here. */
type OrtNode = Pick<OrtRuntime, 'InferenceSession' | 'Tensor' | 'env'>;

export async function loadNodeRuntime(host: BenchHost, threads: number): Promise<OrtRuntime> {
  const folder = await host.fetchTool(ONNXRUNTIME_NODE);
  const { InferenceSession, Tensor, env } = createRequire(join(folder, 'package.json'))(folder) as OrtNode;
  env.logLevel = 'error';
  const cpuOptions = { executionProviders: ['cpu'], intraOpNumThreads: threads };
  return { InferenceSession, Tensor, env, cpuOptions };
}

export type EngineSetup = {
  /** Words that change the propagation engine. */
  readonly options: readonly string[];
  /** The SAM that everything is done with, and its official file; the bundled one when left out. */
  readonly sam: ShelfWeights<PromptingModelId> | null;
  /** The video model, for engines that are one. */
  readonly video: ShelfWeights | null;
};

/** An engine with its model loaded. */
export async function startEngine(
  host: BenchHost,
  runtime: OrtRuntime,
  { options, sam, video }: EngineSetup,
): Promise<SegmentEngine> {
  const { folder } = await host.prepareModels();
  const wanted = [sam, video].filter((model) => model !== null);
  const engine = new SegmentEngine(
    {
      capabilities: { gpu: null, isCrossOriginIsolated: true, hardwareConcurrency: 1 },
      loadRuntime: async () => runtime,
      loadFiles: () => readModelFiles(folder),
      loadShelfFiles: (id) =>
        loadShelfModel(host.root, id, wanted.find((model) => model.id === id)?.file ?? ''),
      propagationOptions: options,
    },
    () => undefined,
  );
  const modelUrl = pathToFileURL(`${folder}/`).href;
  await engine.load({ modelUrl, model: sam?.id, forceProvider: 'wasm' }, () => undefined);
  return engine;
}

/** The files that prepareModels has put there and checked. */
async function readModelFiles(folder: string): Promise<ModelFiles> {
  const manifest = parseModelManifest(JSON.parse(await readFile(join(folder, 'model.json'), 'utf8')));
  const [encoder, decoder] = await Promise.all(
    [manifest.encoder, manifest.decoder].map(async ({ file }) =>
      Uint8Array.from(await readFile(join(folder, file))),
    ),
  );
  return { manifest, encoder: encoder!, decoder: decoder! };
}
