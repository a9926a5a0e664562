/** Models of the shelf for the benchmark: read from their official files once, and kept in the cache of tools. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import * as v from 'valibot';
import { messageOf } from '../../../src/core/base/errors';
import type { GraphManifest } from '../../../src/core/models/graphManifest';
import type { ModelId } from '../../../src/core/models/shelf';
import { nodeFileSource } from '../../../src/engine/checkpoint/__fixtures__/nodeFileSource';
import { openCheckpoint } from '../../../src/engine/checkpoint/openCheckpoint';
import { hydrate } from '../../../src/engine/models/hydrate';
import { parseGraphManifest } from '../../../src/engine/models/parseGraphManifest';
import type { ShelfModelFiles } from '../../../src/engine/models/shelfFiles';
import { say, UsageError } from './host';

/** The processor converts half precision as it goes, so only this form is worth measuring. */
const VARIANT = 'fp32';

/** Written last: its presence means that the weights are whole. */
const Hashes = v.object({ weightsSha256: v.string(), checkpointSha256: v.string() });

/** A model with the weights of `checkpointFile`. Throws UsageError when that is not a file of this model. */
export async function loadShelfModel(
  root: string,
  id: ModelId,
  checkpointFile: string,
): Promise<ShelfModelFiles> {
  const folder = join(root, 'public', 'models', id);
  const text = await readText(join(folder, 'manifest.json'), `There are no graphs of ${id} here`);
  const manifest = parseGraphManifest(JSON.parse(text));
  const variant = manifest.variants[VARIANT];
  if (!variant) {
    throw new UsageError(`${manifest.name} has no graphs in ${VARIANT}.`);
  }
  const weightsFolder = await hydrated(root, manifest, text, checkpointFile);
  const hashes = v.parse(Hashes, JSON.parse(await readFile(join(weightsFolder, 'hashes.json'), 'utf8')));
  const graphs = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const [name, { file }] of Object.entries(variant.graphs)) {
    graphs.set(name, Uint8Array.from(await readFile(join(folder, file))));
  }
  const weights = [];
  for (const { path } of variant.weightFiles) {
    const { buffer, byteOffset, byteLength } = await readFile(join(weightsFolder, path));
    weights.push({ path, data: new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength) });
  }
  return { manifest, variant: VARIANT, graphs, weights, ...hashes };
}

async function readText(file: string, problem: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${problem}: ${messageOf(error)}`);
  }
}

/** The folder with the weights; made on first use of this file with these graphs. */
async function hydrated(
  root: string,
  manifest: GraphManifest,
  manifestText: string,
  checkpointFile: string,
): Promise<string> {
  const file = resolve(checkpointFile);
  const { size, mtimeMs } = await stat(file).catch((error: unknown) => {
    throw new UsageError(`${checkpointFile} cannot be read: ${messageOf(error)}`);
  });
  const key = createHash('sha256').update(`${file} ${size} ${mtimeMs} ${manifestText}`).digest('hex');
  const cache = join(root, 'node_modules', '.cache', 'maskflow-bench', 'weights');
  const folder = join(cache, `${manifest.id}-${key.slice(0, 16)}`);
  if (!existsSync(join(folder, 'hashes.json'))) {
    say(`Reading ${manifest.name} from ${checkpointFile} ...`);
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    const hashes = await writeWeights(manifest, file, folder);
    await writeFile(join(folder, 'hashes.part'), JSON.stringify(hashes));
    await rename(join(folder, 'hashes.part'), join(folder, 'hashes.json'));
  }
  return folder;
}

async function writeWeights(
  manifest: GraphManifest,
  file: string,
  folder: string,
): Promise<v.InferOutput<typeof Hashes>> {
  await using source = await nodeFileSource(file);
  const paths = manifest.variants[VARIANT]!.weightFiles.map(({ path }) => path);
  const handles = await Promise.all(paths.map((path) => open(join(folder, path), 'w')));
  try {
    const { weightsSha256, checkpointSha256 } = await hydrate({
      manifest,
      variant: VARIANT,
      checkpoint: await openCheckpoint(source),
      sink: {
        write: async (index, offset, bytes) => {
          await handles[index]!.write(bytes, 0, bytes.length, offset);
        },
      },
    });
    return { weightsSha256, checkpointSha256 };
  } catch (error) {
    throw new UsageError(`${file}: ${messageOf(error)}`);
  } finally {
    await Promise.all(handles.map((handle) => handle.close()));
  }
}
