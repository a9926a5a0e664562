/** The methods paragraph: how the masks were made, in sentences for a paper. Every number is counted. */
import { listed } from '../base/listed';
import { counted } from '../base/numberText';
import { ofVideoModels } from '../models/shelf';
import type { PropagationEngineId } from '../segment/segmentation';
import type { Environment } from './log';
import type { Counted, MethodsFacts } from './methodsFacts';
import { modelSentences } from './modelSentences';

const engineWords: Record<PropagationEngineId, string> = {
  memory: "Maskflow's propagation (space-time memory, colour, motion and SAM together)",
  sam: 'SAM alone, from each mask to the next frame',
  ...ofVideoModels(({ name }) => name),
};

/** Plain text, one paragraph. */
export function methodsParagraph(facts: MethodsFacts): string {
  return [
    footageSentence(facts),
    labelSentence(facts),
    framesSentence(facts),
    handSentence(facts),
    ...engineSentences(facts),
    ...otherSourceSentences(facts),
    correctedSentence(facts),
    ...ruleSentences(facts),
    ...modelSentences(facts),
    facts.droppedEntries > 0
      ? `The log of the project no longer holds its ${facts.droppedEntries === 1 ? 'oldest step' : `${facts.droppedEntries} oldest steps`}.`
      : '',
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

function footageSentence({ footage, environments }: MethodsFacts): string {
  const { name, width, height, frameCount, frameRate } = footage;
  const rate = frameRate === null ? '' : `, ${Number(frameRate.toFixed(3))} frames per second`;
  const versions = [...new Set(environments.map(versionText))];
  const app = versions.length === 0 ? 'Maskflow' : `Maskflow ${listed(versions)}`;
  return `Masks were made with ${app} in the clip ${name} (${counted(frameCount, 'frame')} of ${width} x ${height} pixels${rate}).`;
}

function versionText({ appVersion, appCommit }: Environment): string {
  return appCommit ? `${appVersion} (commit ${appCommit})` : appVersion;
}

function labelSentence({ objects, competitors, hasVoid, hasLocked }: MethodsFacts): string {
  const main =
    objects.length === 0
      ? 'No object was labelled'
      : `${counted(objects.length, 'object')} ${objects.length === 1 ? 'was' : 'were'} labelled (${listed(objects)})`;
  const rivals =
    competitors.length === 0
      ? ''
      : `; ${counted(competitors.length, 'further label')} (${listed(competitors)}) competed for pixels and ${competitors.length === 1 ? 'was' : 'were'} left out of the result and of the counts of masks`;
  const regions = [
    ...(hasVoid ? ['void regions were left out of memory and measurements'] : []),
    ...(hasLocked ? ['locked regions were kept from every engine'] : []),
  ];
  return `${main}${rivals}${regions.length > 0 ? `; ${listed(regions)}` : ''}.`;
}

/** Says of what part of the clip the numbers that follow speak. */
function framesSentence({ masked, footage }: MethodsFacts): string {
  if (!masked) {
    return '';
  }
  const { frames, fromFrame, toFrame } = masked;
  const last = footage.frameCount - 1;
  if (frames === footage.frameCount) {
    return `Masks lie on all frames, 0 to ${last}.`;
  }
  const place =
    fromFrame === toFrame
      ? `frame ${fromFrame}`
      : frames === toFrame - fromFrame + 1
        ? `frames ${fromFrame} to ${toFrame}`
        : `${counted(frames, 'frame')} between ${fromFrame} and ${toFrame}`;
  return `Masks lie on ${place}; the frames of the clip are 0 to ${last}.`;
}

function handSentence({ handFrames, bySource, prompts, promptingModels, strokes }: MethodsFacts): string {
  if (handFrames === 0) {
    return 'No frame was annotated.';
  }
  const promptParts = [
    ...(prompts.boxes > 0 ? [counted(prompts.boxes, 'box', 'boxes')] : []),
    ...(prompts.foreground > 0 ? [counted(prompts.foreground, 'foreground point')] : []),
    ...(prompts.background > 0 ? [counted(prompts.background, 'background point')] : []),
    ...(prompts.shared > 0
      ? [
          counted(
            prompts.shared,
            'background point shared by all labels',
            'background points shared by all labels',
          ),
        ]
      : []),
    ...(prompts.masks > 0 ? [counted(prompts.masks, 'mask prompt')] : []),
  ];
  const parts = [
    ...(bySource.prompts
      ? [
          `${masksText(bySource.prompts)} drawn by ${promptingModels.length > 0 ? listed(promptingModels) : 'SAM'} from prompts placed by hand${promptParts.length > 0 ? ` (${listed(promptParts)})` : ''}`,
        ]
      : []),
    ...(bySource.painted
      ? [
          `${masksText(bySource.painted)} painted by hand${strokes > 0 ? ` in ${counted(strokes, 'editing step')}` : ''}`,
        ]
      : []),
    ...(bySource.imported ? [`${masksText(bySource.imported)} imported`] : []),
    ...(bySource.copied ? [`${masksText(bySource.copied)} copied from another frame`] : []),
  ];
  return `${counted(handFrames, 'frame')} ${handFrames === 1 ? 'was' : 'were'} annotated: ${listed(parts)}.`;
}

function wasWere({ masks }: Counted): string {
  return masks === 1 ? 'was' : 'were';
}

function masksText({ masks, frames }: Counted): string {
  return `${counted(masks, 'mask')} on ${counted(frames, 'frame')}`;
}

function engineSentences({ engines, refined, studies }: MethodsFacts): string[] {
  return [
    ...engines.map(
      (entry) =>
        `${masksText(entry)} ${wasWere(entry)} propagated by ${entry.engine === null ? 'a run that the log does not hold' : engineWords[entry.engine]}.`,
    ),
    ...refined.map(
      (entry) =>
        `${masksText(entry)} ${wasWere(entry)} ${entry.from === null ? '' : `propagated by ${engineWords[entry.from]} and then `}redrawn by SAM from ${entry.prompt === 'box' ? 'the bounding box of that mask alone' : 'the bounding box of that mask and the mask itself'}.`,
    ),
    ...studies.map(
      (entry) =>
        `${masksText(entry)} ${wasWere(entry)} taken from a comparison of methods, as drawn there by “${entry.name.replace(/^Study: /, '')}”.`,
    ),
  ];
}

function otherSourceSentences({ bySource }: MethodsFacts): string[] {
  const { accepted, interpolated } = bySource;
  return [
    ...(accepted
      ? [
          `${masksText(accepted)} that had been propagated ${accepted.masks === 1 ? 'was' : 'were'} checked and accepted.`,
        ]
      : []),
    ...(interpolated
      ? [
          `${masksText(interpolated)} ${interpolated.masks === 1 ? 'was' : 'were'} interpolated by signed distance between annotated masks.`,
        ]
      : []),
  ];
}

function correctedSentence({ corrected, engines, refined, studies }: MethodsFacts): string {
  if (corrected.frames > 0) {
    return `Of the frames that had been propagated, ${counted(corrected.frames, 'frame')} ${corrected.frames === 1 ? 'was' : 'were'} corrected by hand (${counted(corrected.masks, 'mask')}).`;
  }
  return engines.length + refined.length + studies.length > 0
    ? 'No propagated frame was corrected by hand.'
    : '';
}

function ruleSentences({ thresholds, cleanedMasks, adjustments, bySource }: MethodsFacts): string[] {
  if (Object.keys(bySource).length === 0) {
    return [];
  }
  const cuts = thresholds.map(
    ({ label, probability, frames }) => `${probability} for ${label} on ${counted(frames, 'frame')}`,
  );
  return [
    cuts.length > 0
      ? `Masks were cut at a probability of 0.5, and of ${listed(cuts)}.`
      : 'Masks were cut at a probability of 0.5.',
    ...(cleanedMasks > 0
      ? [`${counted(cleanedMasks, 'mask')} ${cleanedMasks === 1 ? 'was' : 'were'} cleaned up by rule.`]
      : []),
    ...(adjustments
      ? [
          `The model was shown adjusted pictures (brightness ${adjustments.brightness}, contrast ${adjustments.contrast}, gamma ${adjustments.gamma}, channel gains ${adjustments.channelGains.join(', ')}).`,
        ]
      : []),
  ];
}
