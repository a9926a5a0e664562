/** The words of the Measure tab. */
export const measureText = {
  notCalibrated: 'Not calibrated: values are in pixels.',
} as const;
