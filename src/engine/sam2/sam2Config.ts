/** What the manifests of SAM 2.1 and EdgeTAM say of their graphs. */
import * as v from 'valibot';
import type { BankLimits } from '../../core/memory/promptedBank';
import { PerChannel } from '../models/modelManifest';

const Count = v.pipe(v.number(), v.integer(), v.minValue(1));

const Config = v.object({
  /** Side of the encoder's square input, in pixels. */
  imageSize: Count,
  /** Side of the image features. */
  featureSize: Count,
  hiddenSize: Count,
  /** Numbers in each memory token. */
  memorySize: Count,
  /** Memory tokens of one frame. */
  tokensPerMap: Count,
  /** Most maps of one read. */
  maps: Count,
  /** Places for pointers in one read. */
  pointers: Count,
  temporalRows: Count,
  pointerReach: Count,
  /** Whether pointers carry how long ago they were. */
  pointerTime: v.boolean(),
  /** Side of the decoder's logits. */
  maskSize: Count,
  /** RGB, in units of 0..1. */
  mean: PerChannel,
  std: PerChannel,
  memoryRounding: v.picklist(['bfloat16', 'none']),
  /** Added to the scores of empty places for pointers. */
  maskedBias: v.number(),
});

export type Sam2Config = v.InferOutput<typeof Config>;

/** Parses `config` of a manifest. Throws an Error that says what is wrong with it. */
export function parseSam2Config(value: unknown): Sam2Config {
  const result = v.safeParse(Config, value);
  if (!result.success) {
    const issue = result.issues[0];
    throw new Error(`manifest.json: config.${v.getDotPath(issue) ?? ''}: ${issue.message}`);
  }
  return result.output;
}

/**
 * What one read may take in. In clips shorter than `pointerReach` frames the reference reaches back no farther than the
 * clip is long.
 */
export function bankLimitsOf(config: Sam2Config, clipFrames = Infinity): BankLimits {
  return {
    temporalRows: config.temporalRows,
    maxMaps: config.maps,
    pointerReach: Math.min(config.pointerReach, clipFrames),
    maxPointers: config.pointers,
  };
}
