/** Keeps the encoder's answers on disk, so that comparing variants of an engine does not encode every frame again. */
import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type {
  OrtRuntime,
  OrtSession,
  OrtSessionOptions,
  OrtTensor,
} from '../../../src/engine/ort/ortRuntime';

type Values = Awaited<ReturnType<OrtSession['run']>>;

const PICTURE_DIMS = [1, 3, 1024, 1024];
const EMBEDDING_DIMS = [1, 256, 64, 64];

/**
 * The same runtime, but sessions that take one picture and give one tensor (the encoder) look into `folder` first, by
 * a hash of graph, weights and input. The folder grows by 4 MB for each picture.
 */
export function keepEmbeddings(runtime: OrtRuntime, folder: string): OrtRuntime {
  mkdirSync(folder, { recursive: true });
  const create = async (
    graph: Uint8Array,
    options: Parameters<typeof runtime.InferenceSession.create>[1],
  ) => {
    const session = await runtime.InferenceSession.create(graph, options);
    const mayEncode = session.inputNames.length === 1 && session.outputNames.length === 1;
    const weights = mayEncode ? weightsHash(options?.externalData ?? []) : null;
    return weights === null ? session : keeping(session, runtime, folder, hashOf(graph, weights));
  };
  return { ...runtime, InferenceSession: { create } as OrtRuntime['InferenceSession'] };
}

function keeping(session: OrtSession, runtime: OrtRuntime, folder: string, graphHash: string): OrtSession {
  const [inputName, outputName] = [session.inputNames[0]!, session.outputNames[0]!];
  const run = async (feeds: Values): Promise<Values> => {
    const { data, dims } = feeds[inputName] as OrtTensor;
    if (dims.length !== PICTURE_DIMS.length || dims.some((side, axis) => side !== PICTURE_DIMS[axis])) {
      // Memory's keys are made of an embedding by a graph of the same shape: cheaper to make than to read.
      return session.run(feeds);
    }
    const input = data as Float32Array;
    const key = hashOf(new Uint8Array(input.buffer, input.byteOffset, input.byteLength), graphHash);
    const file = join(folder, `${key}.f32`);
    const kept = readKept(file);
    if (kept) {
      return { [outputName]: new runtime.Tensor('float32', kept, EMBEDDING_DIMS) };
    }
    const results = await session.run(feeds);
    const { data: values } = results[outputName] as OrtTensor;
    // Write aside, then rename: a broken write never passes for an answer, and runs may share a folder.
    const aside = join(folder, `${randomUUID()}.part`);
    writeFileSync(aside, values as Float32Array);
    renameSync(aside, file);
    return results;
  };
  return Object.create(session, { run: { value: run } }) as OrtSession;
}

function readKept(file: string): Float32Array | null {
  try {
    const bytes = readFileSync(file);
    return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  } catch {
    return null;
  }
}

/** A graph without weights is the same whatever is filled in. Null where that is not at hand. */
function weightsHash(files: NonNullable<OrtSessionOptions['externalData']>): string | null {
  let hash = '';
  for (const file of files) {
    if (typeof file === 'string' || !(file.data instanceof Uint8Array)) {
      return null;
    }
    hash = hashOf(file.data, hash);
  }
  return hash;
}

function hashOf(bytes: Uint8Array, salt = ''): string {
  return createHash('sha1').update(salt).update(bytes).digest('hex');
}
