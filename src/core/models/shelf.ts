/** The models that Maskflow can run: what each is called, what it is good for, and what it can do. */

export const modelFamilies = ['sam', 'sam2', 'xmem'] as const;

/**
 * `sam`: image encoder with prompt and mask decoder. `sam2`: SAM 2.1 and EdgeTAM, which prompt and remember along a
 * video. `xmem`: a video memory without prompts.
 */
export type ModelFamily = (typeof modelFamilies)[number];

/** Models that draw masks from prompts, and with them SAM propagation, SAM refinement and the memory engine. */
export const promptingModels = [
  'mobilesam',
  'sam-vit-b',
  'sam-vit-l',
  'sam-vit-h',
  'edgetam',
  'sam2.1-tiny',
  'sam2.1-small',
  'sam2.1-base-plus',
] as const;

export type PromptingModelId = (typeof promptingModels)[number];

/** Models that carry masks through a video by themselves; each is a propagation engine of the same id. */
export const videoModels = ['xmem', 'edgetam', 'sam2.1-tiny', 'sam2.1-small', 'sam2.1-base-plus'] as const;

export type VideoModelId = (typeof videoModels)[number];

export type ModelId = PromptingModelId | VideoModelId;

/** In the order in which people look for them. */
export const modelIds = [
  'mobilesam',
  'xmem',
  'edgetam',
  'sam2.1-tiny',
  'sam2.1-small',
  'sam2.1-base-plus',
  'sam-vit-b',
  'sam-vit-l',
  'sam-vit-h',
] as const satisfies readonly ModelId[];

/** Comes with the app and needs no file. */
export const BUILT_IN_MODEL = 'mobilesam' satisfies ModelId;

export type ShelfModel = {
  readonly id: ModelId;
  readonly name: string;
  readonly family: ModelFamily;
  /** One sentence, without praise that was not measured. */
  readonly goodFor: string;
  /** One sentence about its way of propagating; null for models that do not. */
  readonly propagates: string | null;
  /** What of it was held against the original code, with which weights. One or two sentences. */
  readonly heldAgainst: string;
};

const asWholeNetwork =
  'Its whole network was held against the implementation in transformers over 6 frames with made-up weights, and agrees with it; its memory over longer clips as a small network only.';

const asWholeSam =
  'Its whole network was held against the implementation in transformers once, with made-up weights, and agrees with it.';

const propagatesByMemory = 'remembers annotated and recent frames of each label, and looks them up.';

export const models: Readonly<Record<ModelId, ShelfModel>> = {
  mobilesam: {
    id: 'mobilesam',
    name: 'MobileSAM',
    family: 'sam',
    goodFor: 'Prompts on any computer; comes with the app and needs no file.',
    propagates: null,
    heldAgainst:
      'Held against the graphs that come with the app, with the official weights, on a real frame.',
  },
  xmem: {
    id: 'xmem',
    name: 'XMem',
    family: 'xmem',
    goodFor:
      'Carries masks through a clip, made for long ones in which things hide and return; takes no prompts.',
    propagates: 'XMem: sensory, working and long-term memory, for long clips.',
    heldAgainst:
      'Its whole network and its memories were held against the original code over 24 frames with made-up weights, and agree with it.',
  },
  edgetam: {
    id: 'edgetam',
    name: 'EdgeTAM',
    family: 'sam2',
    goodFor: 'The smallest that prompts and follows things through video; made for phones.',
    propagates: `EdgeTAM ${propagatesByMemory}`,
    heldAgainst: asWholeNetwork,
  },
  'sam2.1-tiny': {
    id: 'sam2.1-tiny',
    name: 'SAM 2.1 tiny',
    family: 'sam2',
    goodFor: 'Prompts and follows things through video; the smallest SAM 2.1.',
    propagates: `SAM 2.1 tiny ${propagatesByMemory}`,
    heldAgainst: asWholeNetwork,
  },
  'sam2.1-small': {
    id: 'sam2.1-small',
    name: 'SAM 2.1 small',
    family: 'sam2',
    goodFor: 'Prompts and follows things through video, with a deeper encoder than tiny.',
    propagates: `SAM 2.1 small ${propagatesByMemory}`,
    heldAgainst: asWholeNetwork,
  },
  'sam2.1-base-plus': {
    id: 'sam2.1-base-plus',
    name: 'SAM 2.1 base+',
    family: 'sam2',
    goodFor: 'Prompts and follows things through video; the largest SAM 2.1 here.',
    propagates: `SAM 2.1 base+ ${propagatesByMemory}`,
    heldAgainst: asWholeNetwork,
  },
  'sam-vit-b': {
    id: 'sam-vit-b',
    name: 'SAM ViT-B',
    family: 'sam',
    goodFor: 'Prompts by the original SAM in its smallest size; wants a graphics card.',
    propagates: null,
    heldAgainst:
      'Its whole network was held against the implementation in transformers with made-up weights, also on a real frame, from its file to masks, and agrees with it.',
  },
  'sam-vit-l': {
    id: 'sam-vit-l',
    name: 'SAM ViT-L',
    family: 'sam',
    goodFor: 'Prompts by the original SAM in its middle size; wants a graphics card.',
    propagates: null,
    heldAgainst: asWholeSam,
  },
  'sam-vit-h': {
    id: 'sam-vit-h',
    name: 'SAM ViT-H',
    family: 'sam',
    goodFor: 'Prompts by the SAM that most papers name; wants a graphics card with much memory.',
    propagates: null,
    heldAgainst: asWholeSam,
  },
};

export function canPrompt(id: ModelId): id is PromptingModelId {
  return (promptingModels as readonly ModelId[]).includes(id);
}

export function canPropagate(id: ModelId): id is VideoModelId {
  return (videoModels as readonly ModelId[]).includes(id);
}

export function isModelId(text: string): text is ModelId {
  return (modelIds as readonly string[]).includes(text);
}

/** A table over the video models, made of what the shelf says of each. */
export function ofVideoModels<T>(valueOf: (model: ShelfModel) => T): Readonly<Record<VideoModelId, T>> {
  return Object.fromEntries(videoModels.map((id) => [id, valueOf(models[id])])) as Record<VideoModelId, T>;
}
