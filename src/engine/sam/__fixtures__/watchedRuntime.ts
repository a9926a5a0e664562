/** ONNX Runtime under Node that lets a test see what SAM's encoder and the graph of keys gave. */
import { nodeWasmRuntime } from '../../ort/__fixtures__/nodeWasmRuntime';
import type { OrtRuntime, OrtSession } from '../../ort/ortRuntime';

/** The first embedding, and of all keys what they were made of. */
export type Seen = { embedding: Float32Array | null; keys: { of: Float32Array; keys: Float32Array }[] };

export function watchedRuntime(seen: Seen): OrtRuntime {
  const runtime = nodeWasmRuntime();
  const create: OrtRuntime['InferenceSession']['create'] = async (...given: readonly unknown[]) => {
    const session: OrtSession = await Reflect.apply(
      runtime.InferenceSession.create,
      runtime.InferenceSession,
      given,
    );
    const run = async (...args: Parameters<OrtSession['run']>): ReturnType<OrtSession['run']> => {
      const results = await session.run(...args);
      const { image_embeddings: embedding, keys } = results;
      if (embedding) {
        seen.embedding ??= (embedding.data as Float32Array).slice();
      }
      const of = args[0]['embedding'];
      if (keys && of) {
        seen.keys.push({
          of: (of.data as Float32Array).slice(),
          keys: (keys.data as Float32Array).slice(),
        });
      }
      return results;
    };
    return Object.create(session, { run: { value: run } }) as OrtSession;
  };
  return { ...runtime, InferenceSession: { create } as OrtRuntime['InferenceSession'] };
}

/** The largest difference between keys and the cells of the embedding at unit length. */
export function keyError(embedding: Float32Array, keys: Float32Array): number {
  const cells = 64 * 64;
  const channels = embedding.length / cells;
  let largest = 0;
  for (let cell = 0; cell < cells; cell += 1) {
    let square = 0;
    for (let channel = 0; channel < channels; channel += 1) {
      square += embedding[channel * cells + cell]! ** 2;
    }
    for (let channel = 0; channel < channels; channel += 1) {
      const wanted = embedding[channel * cells + cell]! / Math.sqrt(square);
      largest = Math.max(largest, Math.abs(wanted - keys[cell * channels + channel]!));
    }
  }
  return largest;
}
