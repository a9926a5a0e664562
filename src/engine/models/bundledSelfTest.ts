/** Runs the encoder of the model that comes with the app on the fixed picture of the self-test. */
import { assert } from '../../core/base/assert';
import type { GraphManifest } from '../../core/models/graphManifest';
import { verdictOf, type ModelTest } from '../../core/models/modelTest';
import type { Place } from '../ort/place';
import type { ModelFiles } from './modelFiles';
import { testGraph } from './modelSelfTest';
import { releaseGraphs, startGraphs } from './shelfSessions';

/** What the shelf's graph of the same encoder calls its output, and what the official statistics are stated under. */
const OUTPUT = 'encoder.image_embeddings';

/** `manifest`: of the shelf's graphs of the same model, whose official weights these are. */
export async function testBundledModel(
  files: Pick<ModelFiles, 'encoder' | 'manifest'>,
  manifest: GraphManifest,
  { context, device }: Pick<Place, 'context' | 'device'>,
  signal?: AbortSignal,
): Promise<ModelTest> {
  const graphs = new Map([['encoder', files.encoder]]);
  const sessions = await startGraphs(context, { graphs, weights: [] }, device);
  try {
    const session = sessions['encoder'];
    assert(session, 'the encoder was started');
    const run = await testGraph(session, 'encoder', files.manifest.encoder, signal);
    const outputs = run.outputs.map((output) => ({ ...output, name: OUTPUT }));
    return {
      variant: 'fp32',
      provider: device ? 'webgpu' : 'wasm',
      ...run,
      outputs,
      verdict: verdictOf(outputs, manifest.officialStatistics?.fp32),
    };
  } finally {
    await releaseGraphs(sessions);
  }
}
