/** The errors of files that are whole, but not those that a model needs. */
import { UserFacingError } from '../../core/base/errors';
import { mismatchDetails, mismatchSummary, type TensorMatch } from '../../core/checkpoint/matchTensors';
import type { GraphManifest } from '../../core/models/graphManifest';
import { officialPlaces } from '../../core/models/officialPlaces';
import { models, type ModelId } from '../../core/models/shelf';

const NOTHING_KEPT = 'Nothing of it was kept, and models that are ready stay so.';

/** `details` says of each tensor what is wrong; `belongsTo` whose file it is, where that is another model's. */
export class CheckpointMismatchError extends UserFacingError {
  readonly details: readonly string[];
  readonly belongsTo: ModelId | null;

  constructor(what: string, todo: string, details: readonly string[], belongsTo: ModelId | null = null) {
    super({ code: 'checkpoint-mismatch', what, safe: NOTHING_KEPT, todo });
    this.details = details;
    this.belongsTo = belongsTo;
  }
}

/** Of a file that is whole, and may be another model's. */
export class OtherTensorsError extends CheckpointMismatchError {}

export function tensorsDoNotFit(fileName: string, manifest: GraphManifest, match: TensorMatch): Error {
  return new OtherTensorsError(
    `${fileName} does not fit ${manifest.name}: ${mismatchSummary(match)}.`,
    isOfSam2Before21(manifest, match)
      ? `It looks like a file of SAM 2, before 2.1. ${adviceOf(manifest)}`
      : adviceOf(manifest),
    mismatchDetails(match),
  );
}

export function containerDoesNotFit(fileName: string, manifest: GraphManifest, container: string): Error {
  return new OtherTensorsError(
    `${fileName} is a file of the kind ${container}, and ${manifest.name} is not read from that kind.`,
    adviceOf(manifest),
    [],
  );
}

export function otherModelsFile(fileName: string, manifest: GraphManifest, owner: ModelId): Error {
  const { name } = models[owner];
  return new CheckpointMismatchError(
    `${fileName} is a file of ${name}, and not of ${manifest.name}.`,
    adviceOf(manifest),
    [],
    owner,
  );
}

/** Which file to take for the model. */
export function adviceOf({ name, sources }: GraphManifest): string {
  const places = officialPlaces(sources);
  return places === '' ? `${name} comes with Maskflow and needs no file.` : `For ${name}, take ${places}.`;
}

/** What to do about a file that cannot be read at all. */
export function instead(manifest: GraphManifest): string {
  return `Download the official file again${again(manifest)}, and choose that.`;
}

/** `: XMem.pth from github.com/hkchengrex/XMem`. */
function again({ sources }: GraphManifest): string {
  const places = officialPlaces(sources);
  return places === '' ? '' : `: ${places}`;
}

/** SAM 2.1 has a few weights that SAM 2 has not. */
function isOfSam2Before21({ family }: GraphManifest, { missing, misshaped, needed }: TensorMatch): boolean {
  return (
    family === 'sam2' &&
    misshaped.length === 0 &&
    missing.length > 0 &&
    missing.length < needed / 20 &&
    missing.some((name) => /no_obj_embed_spatial|occlusion_spatial_embedding/.test(name))
  );
}

/** Of a file that has an official name. */
const OR_ANOTHER_NAME =
  'If its host has a newer one, or it is your own training, give it another name: it is then read, and called not official.';

/** `statedBy`: the host that stated the hash; null where it is known here. */
export function hashDoesNotFit(
  fileName: string,
  manifest: GraphManifest,
  sha256: string,
  expected: string,
  statedBy: string | null = null,
): Error {
  const wanted = statedBy === null ? 'the official file of that name' : `the file that ${statedBy} stated`;
  return new CheckpointMismatchError(
    `${fileName} is not ${wanted}: its SHA-256 begins with ${sha256.slice(0, 16)} and not with ${expected.slice(0, 16)}.`,
    `Download it again${again(manifest)}; if it comes out the same, do not trust it. ${OR_ANOTHER_NAME}`,
    [],
  );
}

export function sizeDoesNotFit(
  fileName: string,
  manifest: GraphManifest,
  sizeBytes: number,
  expected: number,
): Error {
  return new CheckpointMismatchError(
    `${fileName} has ${sizeBytes} bytes, and the official file of that name has ${expected}.`,
    `The download may be incomplete: download it again${again(manifest)}, and choose that. ${OR_ANOTHER_NAME}`,
    [],
  );
}

/** `name` is the weight's in the file; `why` a clause about it. */
export function weightDoesNotFit(fileName: string, name: string, why: string): Error {
  return new CheckpointMismatchError(
    `${fileName} cannot be used: the weight ${name} ${why}.`,
    'Download the official file again and choose that; a half-precision file may need the fp32 weights.',
    [],
  );
}
