/** What a SAM is made of: the bundled pair, or a model of the shelf. */
import * as v from 'valibot';
import type { EngineInfo } from '../../core/engine/engineInfo';
import type { ModelFiles } from '../models/modelFiles';
import { PerChannel, type Normalisation } from '../models/modelManifest';
import type { ShelfModelFiles } from '../models/shelfFiles';

export type SamFiles = ModelFiles | ShelfModelFiles;

export function isFromShelf(files: SamFiles): files is ShelfModelFiles {
  return 'graphs' in files;
}

const SamConfig = v.object({ normalisation: v.object({ mean: PerChannel, std: PerChannel }) });

/** How a SAM of the shelf wants its pictures. Throws an Error that says what is wrong with the manifest. */
export function normalisationOf({ manifest }: ShelfModelFiles): Normalisation {
  const result = v.safeParse(SamConfig, manifest.config);
  if (!result.success) {
    const issue = result.issues[0];
    throw new Error(`manifest.json of ${manifest.id}: ${v.getDotPath(issue)}: ${issue.message}`);
  }
  return result.output.normalisation;
}

type ModelFacts = Pick<
  EngineInfo,
  'modelName' | 'modelFiles' | 'modelId' | 'loaded' | 'checkpointSha256' | 'testedWith'
>;

/** What the user is told of a model, by which it can be told from any other. */
export function factsOf(files: SamFiles): ModelFacts {
  if (!isFromShelf(files)) {
    const { name, encoder, decoder } = files.manifest;
    const modelFiles = [encoder, decoder].map(({ file, sha256 }) => ({ name: file, sha256 }));
    return { modelName: name, modelFiles, testedWith: 'official weights' };
  }
  const { manifest, variant, weightsSha256, checkpointSha256 = null, loaded } = files;
  const graphs = Object.values(manifest.variants[variant]?.graphs ?? {});
  const weights = weightsSha256 ? [{ name: `weights (${variant})`, sha256: weightsSha256 }] : [];
  return {
    modelName: manifest.name,
    modelId: manifest.id,
    modelFiles: [...graphs.map(({ file, sha256 }) => ({ name: file, sha256 })), ...weights],
    ...(loaded ? { loaded } : {}),
    checkpointSha256,
    testedWith: manifest.provenance.testedWith,
  };
}
