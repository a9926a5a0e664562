/** Where a mask comes from and how sure it is, in words. */
import { isDoubtful } from '../../core/review/doubtfulStretches';
import type { Cue, FrameMask, MaskSource } from '../../core/track/maskTrack';

const cueNames: Record<Cue, string> = { memory: 'memory', sam: 'SAM', colour: 'colour', motion: 'motion' };

/** Two decimals, cut off: 0.499 is doubtful, and must not read as 0.50. */
export function confidenceText(confidence: number): string {
  return (Math.floor(Math.min(Math.max(confidence, 0), 1) * 100 + 1e-9) / 100).toFixed(2);
}

/** `drawn by colour`; null where no cue is known. */
export function cueText({ cue }: Pick<FrameMask, 'cue'>): string | null {
  return cue ? `drawn by ${cueNames[cue]}` : null;
}

/** Such as `confidence 0.42, doubtful, drawn by colour`; null stands for no mask at all. */
export function maskWords(found: { readonly mask: FrameMask; readonly source: MaskSource } | null): string {
  if (!found) {
    return 'no mask';
  }
  const { mask, source } = found;
  // What the user emptied was not looked for.
  const nothing = mask.areaPx === 0 ? [mask.edit ? 'empty' : 'nothing found'] : [];
  if (source === 'prompted') {
    const how = mask.edit ?? (mask.isAccepted ? 'accepted' : 'prompted');
    return [...nothing, `annotated (${how})`].join(', ');
  }
  const { confidence } = mask;
  const sure = confidence === undefined ? [] : [`confidence ${confidenceText(confidence)}`];
  const words = [
    ...nothing,
    ...sure,
    ...(isDoubtful(mask) ? ['doubtful'] : []),
    ...[cueText(mask) ?? []].flat(),
  ];
  return words.length > 0 ? words.join(', ') : 'propagated';
}
