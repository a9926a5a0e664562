/** Tells whether a checkpoint is the official file, by its size and SHA-256. */
import { createSHA256 } from 'hash-wasm';
import type { CheckpointSource, GraphManifest } from '../../core/models/graphManifest';
import type { ByteSource } from '../checkpoint/byteSource';
import { throwIfCancelled } from '../checkpoint/runPlan';
import { hashDoesNotFit, sizeDoesNotFit } from './checkpointMismatch';

const PIECE_BYTES = 4 * 1024 * 1024;

/** Lower-case hex. `onPiece` is given all bytes in order. Rejects with `cancelled`, or what either rejects with. */
export async function hashSource(
  source: ByteSource,
  onPiece: (at: number, bytes: Uint8Array) => void,
  signal?: AbortSignal,
): Promise<string> {
  const hash = await createSHA256();
  for (let at = 0; at < source.sizeBytes; at += PIECE_BYTES) {
    throwIfCancelled(signal);
    const bytes = await source.read(at, Math.min(PIECE_BYTES, source.sizeBytes - at));
    hash.update(bytes);
    onPiece(at, bytes);
  }
  return hash.digest('hex');
}

/** What a file that was downloaded has to be. */
export type ExpectedFile = {
  /** Lower-case hex; null where nobody said. */
  readonly sha256: string | null;
  /** The host that stated the hash; null where it is known here. */
  readonly statedBy: string | null;
};

/** Throws a UserFacingError when a file that has the official name has another size. */
export function checkOfficialSize(manifest: GraphManifest, { name, sizeBytes }: ByteSource): void {
  for (const source of namesakes(manifest, name)) {
    if (source.sizeBytes !== null && source.sizeBytes !== sizeBytes) {
      throw sizeDoesNotFit(name, manifest, sizeBytes, source.sizeBytes);
    }
  }
}

/**
 * True for the hash of an official file; null where not all of them are known; false for a file of another name, which
 * may be the user's own training. Throws a UserFacingError when a file that has the official name has another hash, or
 * one that was downloaded is not what it has to be.
 */
export function checkOfficialHash(
  manifest: GraphManifest,
  name: string,
  sha256: string,
  expected: ExpectedFile | null = null,
): boolean | null {
  if (expected?.sha256 && expected.sha256 !== sha256) {
    throw hashDoesNotFit(name, manifest, sha256, expected.sha256, expected.statedBy);
  }
  const known = manifest.sources.filter((source) => knownHash(source) !== null);
  if (known.some((source) => sha256.startsWith(knownHash(source)!))) {
    return true;
  }
  const wrong = namesakes(manifest, name).find((source) => knownHash(source) !== null);
  if (wrong) {
    throw hashDoesNotFit(name, manifest, sha256, knownHash(wrong)!);
  }
  return known.length === manifest.sources.length && known.length > 0 ? false : null;
}

function knownHash(source: CheckpointSource): string | null {
  return source.sha256 ?? source.sha256Prefix;
}

/** What tools call the weights of any model, also those of the user's own training: no sign of the official file. */
const ANYBODYS_NAME = /^(model|pytorch_model)\.(safetensors|bin)$/;

/** Browsers call a file that is downloaded again `name (1).pth`. */
function namesakes(manifest: GraphManifest, name: string): CheckpointSource[] {
  const plain = name.replace(/ ?\(\d+\)(?=\.[^.]*$)/, '');
  return ANYBODYS_NAME.test(plain) ? [] : manifest.sources.filter(({ fileName }) => fileName === plain);
}
