/** What a methods paragraph says of the models that drew: by which weights each, and where they ran. */
import { listed } from '../base/listed';
import { counted } from '../base/numberText';
import type { LoggedModel } from '../models/modelStatus';
import { models } from '../models/shelf';
import type { Environment } from './log';
import type { MethodsFacts, UsedModel } from './methodsFacts';

const MODEL_RUNTIME = 'ONNX Runtime Web';

/** Hashes of graphs are left to provenance.json: they go with the version of the app, which the paragraph names. */
export function modelSentences({
  environments,
  models: ran,
}: Pick<MethodsFacts, 'environments' | 'models'>): string[] {
  const places = [...new Set(environments.map(placeText))];
  const named = new Set(environments.map(drawnWith));
  return [
    ...places.map((place, index) => {
      const there = environments.filter((environment) => placeText(environment) === place);
      const used = [...new Set(there.map(drawnWith))];
      const subject =
        index > 0 ? 'At other times it was' : used.length === 1 ? 'The model was' : 'Models were';
      return `${subject} ${listed(used)}, run in the browser by ${MODEL_RUNTIME} on ${place}.`;
    }),
    ...ran.flatMap((model) => {
      const weights = named.has(shelfModelText(model)) ? '' : `with ${weightsText(model)}`;
      const how = [sizeText(model), weights].filter((part) => part !== '');
      return how.length > 0 ? [`${models[model.id].name} ran ${how.join(', ')}.`] : [];
    }),
  ];
}

function placeText({ provider, adapter, threads }: Environment): string {
  return provider === 'webgpu'
    ? `WebGPU${adapter ? ` (${adapter})` : ''}`
    : `WebAssembly with ${counted(threads, 'thread')}`;
}

function drawnWith({ modelName, modelFiles, model }: Environment): string {
  if (model) {
    return shelfModelText(model);
  }
  const files = modelFiles.map(({ name, sha256 }) => `${name}, SHA-256 ${sha256}`).join('; ');
  return files ? `${modelName} (${files})` : modelName;
}

function shelfModelText(model: LoggedModel): string {
  return `${models[model.id].name} (${weightsText(model)})`;
}

/** `on frames with a shorter side of at most 240 px`; nothing for models without a choice of it. */
function sizeText({ shortSidePx }: UsedModel): string {
  return shortSidePx === undefined
    ? ''
    : shortSidePx === null
      ? 'on frames of their own size'
      : `on frames with a shorter side of at most ${shortSidePx} px`;
}

/** `fp32 weights of XMem.pth, not the official file, SHA-256 ab`. */
function weightsText(model: LoggedModel): string {
  const { variant, checkpointName, checkpointSha256 } = model;
  const hash = checkpointSha256 === null ? '' : `, SHA-256 ${checkpointSha256}`;
  return `${variant} weights of ${checkpointName}${officialText(model)}${hash}`;
}

/** Nothing for logs of before, which do not say. */
function officialText({ isOfficial, statedBy }: LoggedModel): string {
  if (statedBy) {
    return `, as ${statedBy} stated it`;
  }
  return isOfficial === undefined
    ? ''
    : isOfficial === null
      ? ', not known to be the official file'
      : `, ${isOfficial ? '' : 'not '}the official file`;
}
