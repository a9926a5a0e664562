/** What model.json says about a SAM pair: its two graphs, their hashes, inputs and normalisation. */
import * as v from 'valibot';

const Shape = v.array(v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1))));

const Graph = v.object({
  /** File name beside model.json. */
  file: v.pipe(v.string(), v.regex(/^[\w.-]+$/)),
  sizeBytes: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** Lower-case hex. */
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  /** Name -> shape; null is a free dimension. */
  inputs: v.record(v.string(), Shape),
  outputs: v.record(v.string(), Shape),
});

export const PerChannel = v.tuple([v.number(), v.number(), v.number()]);

const Manifest = v.object({
  formatVersion: v.literal(1),
  name: v.string(),
  licence: v.string(),
  source: v.string(),
  encoder: Graph,
  decoder: Graph,
  /** RGB, in units of 0..255. */
  normalisation: v.object({ mean: PerChannel, std: PerChannel }),
});

export type ModelManifest = v.InferOutput<typeof Manifest>;
export type Normalisation = ModelManifest['normalisation'];

/** Parses model.json. Throws an Error that says what is wrong with it. */
export function parseModelManifest(value: unknown): ModelManifest {
  const result = v.safeParse(Manifest, value);
  if (!result.success) {
    const issue = result.issues[0];
    throw new Error(`model.json: ${v.getDotPath(issue) ?? 'the file'}: ${issue.message}`);
  }
  return result.output;
}
