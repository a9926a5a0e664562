/** How a picture's values are changed for the eye (and, where the user wants, for the model): one curve for each channel. */

export type DisplayAdjustments = {
  /** Added to every value, -1..1; 0 changes nothing. */
  readonly brightness: number;
  /** Slope about mid-grey, 0..4; 1 changes nothing. */
  readonly contrast: number;
  /** Values become v^(1/gamma), 0.2..5; 1 changes nothing, more lightens the dark. */
  readonly gamma: number;
  /** Factors of red, green and blue, 0..4; 1 changes nothing, 0 switches the channel off. */
  readonly channelGains: readonly [red: number, green: number, blue: number];
};

export const neutralAdjustments: DisplayAdjustments = {
  brightness: 0,
  contrast: 1,
  gamma: 1,
  channelGains: [1, 1, 1],
};

export function isNeutral({ brightness, contrast, gamma, channelGains }: DisplayAdjustments): boolean {
  return brightness === 0 && contrast === 1 && gamma === 1 && channelGains.every((gain) => gain === 1);
}

export function isSameAdjustment(a: DisplayAdjustments, b: DisplayAdjustments): boolean {
  return (
    a === b ||
    (a.brightness === b.brightness &&
      a.contrast === b.contrast &&
      a.gamma === b.gamma &&
      a.channelGains.every((gain, channel) => gain === b.channelGains[channel]))
  );
}

function clamped(value: number, low: number, high: number): number {
  return Math.min(Math.max(Number.isFinite(value) ? value : low, low), high);
}

/** The same adjustments with every value inside its range. */
export function clampedAdjustments(adjustments: DisplayAdjustments): DisplayAdjustments {
  const [red, green, blue] = adjustments.channelGains;
  return {
    brightness: clamped(adjustments.brightness, -1, 1),
    contrast: clamped(adjustments.contrast, 0, 4),
    gamma: clamped(adjustments.gamma, 0.2, 5),
    channelGains: [clamped(red, 0, 4), clamped(green, 0, 4), clamped(blue, 0, 4)],
  };
}

/** What each of the 256 values of a channel becomes: gain, then contrast about mid-grey, brightness, and gamma. */
export type ChannelTables = readonly [red: Uint8Array, green: Uint8Array, blue: Uint8Array];

export function channelTables(adjustments: DisplayAdjustments): ChannelTables {
  const { brightness, contrast, gamma, channelGains } = clampedAdjustments(adjustments);
  const tableOf = (gain: number): Uint8Array =>
    Uint8Array.from({ length: 256 }, (_, value) => {
      // A channel that is switched off stays off, however bright the rest.
      const linear = gain === 0 ? 0 : ((value / 255) * gain - 0.5) * contrast + 0.5 + brightness;
      return Math.round(clamped(linear, 0, 1) ** (1 / gamma) * 255);
    });
  const [red, green, blue] = channelGains;
  return [tableOf(red), tableOf(green), tableOf(blue)];
}

/** Changes RGBA pixels in place; alpha stays. */
export function adjustPixels(data: Uint8ClampedArray, [red, green, blue]: ChannelTables): void {
  for (let at = 0; at + 3 < data.length; at += 4) {
    data[at] = red[data[at]!]!;
    data[at + 1] = green[data[at + 1]!]!;
    data[at + 2] = blue[data[at + 2]!]!;
  }
}
