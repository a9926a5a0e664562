/** The words around the choice of engines, and about the engine in use. */
export const engineChoiceText = {
  title: 'Propagate with',
  group: 'Propagation engine',
  isDefault: '(default)',
  memory: 'Remembers annotated frames, follows colour and motion, and says how sure it is.',
  sam: 'Each mask from the one before it; drifts sooner, judges nothing.',
  propagate: 'Carries the masks of this frame forward, up to the next prompted frame or the out point.',
  /** {tip} stands for the sentence before it. */
  propagateWith: '{tip} Propagates with {engine}.',
} as const;

/** The details of the engine that draws from prompts. */
export const engineFactsText = {
  model: 'Model',
  precision: 'Precision',
  weights: 'Drawn with',
  bundled: 'weights that come with the app',
  official: 'weights of the official file',
  stated: 'weights of the file that {host} stated',
  unofficial: 'weights not of the official file',
  unknown: 'weights of a file whose official hash is not known here',
} as const;
