/** The words of the View section: overlay styles and display adjustments. */
export const viewText = {
  title: 'View',
  style: 'Masks as',
  styles: {
    fillAndOutline: 'Fill and outline',
    fill: 'Fill',
    outline: 'Outline',
    maskedBackground: 'Picture inside, black outside',
    matte: 'Masks only, on black',
  },
  onionSkin: 'Outlines of the frame before',
  onionSkinTip: 'Dashed, over the masks: where everything was one frame earlier.',
  adjust: 'Picture',
  brightness: 'Brightness',
  contrast: 'Contrast',
  gamma: 'Gamma',
  channels: ['Red', 'Green', 'Blue'],
  forModel: 'The model sees what you see',
  forModelTip:
    'Hands the adjusted picture to the engine. What it learned from the other picture is dropped; masks that are there stay, and new ones are drawn from the adjusted picture.',
  reset: 'Show the picture as in the file',
  isPlain: 'The picture is as in the file.',
} as const;

export const inspectorSectionText = { about: 'About this section' } as const;
