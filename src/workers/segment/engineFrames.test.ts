/** Pictures reach the engine as they are, or as the user sees them. */
import { expect, it } from 'vitest';
import { neutralAdjustments } from '../../core/display/displayAdjustments';
import { adjustedFrames } from './engineFrames';

const picture = async (frameIndex: number) => ({
  width: 1,
  height: 1,
  data: Uint8ClampedArray.of(frameIndex, 100, 200, 255),
});

it('adjusts every picture, or none', async () => {
  const dimmed = adjustedFrames(picture, { ...neutralAdjustments, channelGains: [1, 0.5, 0] });
  expect([...(await dimmed(7)).data]).toEqual([7, 50, 0, 255]);
  expect([...(await dimmed(8)).data]).toEqual([8, 50, 0, 255]);
  expect([...(await adjustedFrames(picture, null)(7)).data]).toEqual([7, 100, 200, 255]);
});
