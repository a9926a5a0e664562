/** Graphs with their weights beside them, on WASM under Node. */
import { describe, expect, it } from 'vitest';
import { nodeWasmContext } from '../ort/__fixtures__/nodeWasmRuntime';
import type { GraphSession } from '../ort/graphSession';
import { releaseGraphs, startGraphs, type GraphsWithWeights } from './shelfSessions';

/** y = x w + b, and y = b[i]; w float32[2,3] at 0 and b float32[3] at 64 of weights.bin. Opset 20. */
const AFFINE =
  'CAkSADraAQoRCgF4CgF3EgFwIgZNYXRNdWwKDgoBcAoBYhIBeSIDQWRkEghtYXNrZmxvdyo/CAIIAxABQgF3ahcKCGxvY2F0aW9uEgt3ZWlnaHRz' +
  'LmJpbmoLCgZvZmZzZXQSATBqDAoGbGVuZ3RoEgIyNHABKj4IAxABQgFiahcKCGxvY2F0aW9uEgt3ZWlnaHRzLmJpbmoMCgZvZmZzZXQSAjY0agwKBm' +
  'xlbmd0aBICMTJwAVoUCgF4Eg8KDQgBEgkKAxIBbgoCCAJiFAoBeRIPCg0IARIJCgMSAW4KAggDQgQKABAU';
const PICK =
  'CAkSADqBAQoRCgFiCgFpEgF5IgZHYXRoZXISCG1hc2tmbG93Kj4IAxABQgFiahcKCGxvY2F0aW9uEgt3ZWlnaHRzLmJpbmoMCgZvZmZzZXQSAjY0ag' +
  'wKBmxlbmd0aBICMTJwAVoQCgFpEgsKCQgHEgUKAxIBbmIQCgF5EgsKCQgBEgUKAxIBbkIECgAQFA==';

const context = nodeWasmContext();

function weights(): Uint8Array<ArrayBuffer> {
  const values = new Float32Array(32);
  values.set([1, 2, 3, 4, 5, 6], 0);
  values.set([10, 20, 30], 16);
  return new Uint8Array(values.buffer);
}

function modelWith(path: string, data: Blob | Uint8Array<ArrayBuffer>): GraphsWithWeights {
  const graphs = new Map(
    Object.entries({ affine: AFFINE, pick: PICK }).map(([name, base64]) => [
      name,
      Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)),
    ]),
  );
  return { graphs, weights: [{ path, data }] };
}

async function affineOf(session: GraphSession, x: readonly number[]): Promise<number[]> {
  const { outputs } = await session.run({
    feeds: { x: { values: Float32Array.from(x), dims: [x.length / 2, 2] } },
    fetches: ['y'],
    priority: 'interactive',
  });
  const values = Array.from(outputs['y']!.data as Float32Array);
  session.disposeTensor(outputs['y']!);
  return values;
}

describe('startGraphs', () => {
  it.each([
    ['bytes', weights()],
    ['a Blob', new Blob([weights()])],
  ])('finds the weights of all graphs in one file given as %s', async (_, data) => {
    const { affine, pick } = await startGraphs(context, modelWith('weights.bin', data), null);
    expect(await affineOf(affine!, [1, 1, 0, 2])).toEqual([15, 27, 39, 18, 30, 42]);
    const { outputs } = await pick!.run({
      feeds: { i: { values: BigInt64Array.from([2n, 0n]), dims: [2] } },
      fetches: ['y'],
      priority: 'background',
    });
    expect(Array.from(outputs['y']!.data as Float32Array)).toEqual([30, 10]);
    await releaseGraphs({ affine: affine!, pick: pick! });
  });

  it('fixes free dimensions, and starts only what is wanted', async () => {
    const sessions = await startGraphs(context, modelWith('weights.bin', weights()), null, {
      freeDimensions: { n: 1 },
      only: ['affine'],
    });
    expect(Object.keys(sessions)).toEqual(['affine']);
    expect(await affineOf(sessions['affine']!, [1, 0])).toEqual([11, 22, 33]);
    await expect(affineOf(sessions['affine']!, [1, 0, 0, 1])).rejects.toThrow(/dimension/i);
    await releaseGraphs(sessions);
  });

  it('releases what it made when a later graph cannot be made', async () => {
    const model = modelWith('weights.bin', weights());
    const graphs = new Map(model.graphs).set('pick', new Uint8Array([1, 2, 3]));
    const { InferenceSession } = context.runtime;
    let living = 0;
    const counting = {
      create: async (...parts: Parameters<typeof InferenceSession.create>) => {
        const session = await InferenceSession.create(...parts);
        living += 1;
        const release = session.release.bind(session);
        session.release = async () => {
          living -= 1;
          await release();
        };
        return session;
      },
    } as typeof InferenceSession;
    const counted = { ...context, runtime: { ...context.runtime, InferenceSession: counting } };
    await expect(startGraphs(counted, { ...model, graphs }, null)).rejects.toThrow();
    expect(living).toBe(0);
  });

  it('rejects when the weights have another name', async () => {
    await expect(startGraphs(context, modelWith('other.bin', weights()), null)).rejects.toThrow(
      /weights\.bin/,
    );
  });
});
