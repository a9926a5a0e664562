/** Runs a model's picture encoder on a fixed input: how long it takes here, and whether its outputs look right. */
import { assert } from '../../core/base/assert';
import type { GraphFile, GraphManifest } from '../../core/models/graphManifest';
import { statisticsOf, verdictOf, type ModelTest, type OutputStatistics } from '../../core/models/modelTest';
import type { ModelVariant } from '../../core/models/modelStatus';
import type { GraphSession } from '../ort/graphSession';
import type { Place } from '../ort/place';
import type { ShelfModelFiles } from './shelfFiles';
import { canRun, releaseGraphs, startGraphs } from './shelfSessions';

/** Pixels of a free side; every encoder's step divides it. */
const FREE_SIDE = 384;

/** Of the graph that is given nothing but a picture; null for a model without one. */
export function pictureGraph(manifest: GraphManifest, variant: ModelVariant): string | null {
  const graphs = Object.entries(manifest.variants[variant]?.graphs ?? {});
  return graphs.find(([, { inputs }]) => isPictureAlone(Object.values(inputs)))?.[0] ?? null;
}

/** One input, of three colours: [.., 3, height, width] or [height, width, 3]. */
function isPictureAlone(shapes: readonly (readonly (number | null)[])[]): boolean {
  const [shape] = shapes;
  return shapes.length === 1 && shape !== undefined && (shape.at(-3) === 3 || shape.at(-1) === 3);
}

/**
 * The same picture everywhere, about as bright as normalised pictures are: slanted triangle waves, one for each plane,
 * in -1..1.
 */
export function testPicture(dims: readonly number[]): Float32Array {
  const size = dims.reduce((product, side) => product * side, 1);
  const width = dims.at(-1) ?? 1;
  const values = new Float32Array(size);
  for (let index = 0; index < size; index += 1) {
    const column = index % width;
    const row = (index - column) / width;
    values[index] = Math.abs(((column * 3 + row * 5) % 256) - 128) / 64 - 1;
  }
  return values;
}

/**
 * Runs the session of `pictureGraph` twice, and times the second run: the first one compiles. Outputs must come to the
 * processor.
 */
export async function testModel(
  session: Pick<GraphSession, 'run' | 'disposeTensor'>,
  manifest: GraphManifest,
  variant: ModelVariant,
  signal?: AbortSignal,
): Promise<Omit<ModelTest, 'provider'>> {
  const name = pictureGraph(manifest, variant);
  const graph = name === null ? undefined : manifest.variants[variant]?.graphs[name];
  if (name === null || !graph) {
    throw new TypeError(`${manifest.id} has no graph that is given a picture alone`);
  }
  const run = await testGraph(session, name, graph, signal);
  return { variant, ...run, verdict: verdictOf(run.outputs, manifest.officialStatistics?.[variant]) };
}

/** The same of one graph, which is given a picture alone; `name` goes before those of the outputs. */
export async function testGraph(
  session: Pick<GraphSession, 'run' | 'disposeTensor'>,
  name: string,
  graph: Pick<GraphFile, 'inputs' | 'outputs'>,
  signal?: AbortSignal,
): Promise<Pick<ModelTest, 'pictureSidePx' | 'encoderMs' | 'outputs'>> {
  await runOnce(session, name, graph, signal);
  const { runMs, outputs } = await runOnce(session, name, graph, signal);
  return { pictureSidePx: Math.max(...pictureDims(graph)), encoderMs: runMs, outputs };
}

/** Starts as much of a model as the test needs, and lets it go again. */
export async function testShelfModel(
  files: ShelfModelFiles,
  { context, device }: Pick<Place, 'context' | 'device'>,
  signal?: AbortSignal,
): Promise<ModelTest> {
  const { manifest, variant } = files;
  const name = pictureGraph(manifest, variant) ?? '';
  const gpu = device && canRun(files, device) ? device : null;
  const sessions = await startGraphs(context, files, gpu, { only: [name] });
  try {
    const session = sessions[name];
    assert(session, `${manifest.id} has a graph that is given a picture alone`);
    return { provider: gpu ? 'webgpu' : 'wasm', ...(await testModel(session, manifest, variant, signal)) };
  } finally {
    await releaseGraphs(sessions);
  }
}

function pictureDims({ inputs }: Pick<GraphFile, 'inputs'>): number[] {
  const [shape = []] = Object.values(inputs);
  return shape.map((side) => side ?? FREE_SIDE);
}

async function runOnce(
  session: Pick<GraphSession, 'run' | 'disposeTensor'>,
  name: string,
  { inputs, outputs: wanted }: Pick<GraphFile, 'inputs' | 'outputs'>,
  signal?: AbortSignal,
): Promise<{ readonly runMs: number; readonly outputs: OutputStatistics[] }> {
  const [input = ''] = Object.keys(inputs);
  const dims = pictureDims({ inputs });
  const { outputs, runMs } = await session.run({
    feeds: { [input]: { values: testPicture(dims), dims } },
    fetches: Object.keys(wanted),
    priority: 'background',
    signal,
  });
  try {
    const statistics = Object.entries(outputs).map(([output, tensor]) =>
      statisticsOf(`${name}.${output}`, tensor.data as Float32Array),
    );
    return { runMs, outputs: statistics };
  } finally {
    Object.values(outputs).forEach((tensor) => session.disposeTensor(tensor));
  }
}
