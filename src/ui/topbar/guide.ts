/** Which sentence helps next, judged by the state alone. */
import type { MaskflowState } from '../../state/maskflowState';

export type GuideStep = 'open' | 'draw' | 'addLabel' | 'onlyBackground' | 'wait' | 'propagate' | 'review';

type GuideState = Pick<
  MaskflowState,
  'footage' | 'labels' | 'prompts' | 'tracks' | 'encodingFrame' | 'predictingFrame' | 'engine'
>;

/** The step the user is at; null when there is nothing to say. */
export function guideStep(state: GuideState): GuideStep | null {
  if (!state.footage) {
    return 'open';
  }
  if (state.labels.length === 0) {
    return 'addLabel';
  }
  const tracks = [...state.tracks.values()];
  if (tracks.some((track) => track.propagated.size > 0)) {
    return 'review';
  }
  if (tracks.some((track) => track.prompted.size > 0)) {
    return 'propagate';
  }
  if (state.prompts.length === 0) {
    return 'draw';
  }
  const saysWhat = state.prompts.some(
    (prompt) =>
      prompt.kind === 'box' || prompt.kind === 'mask' || (prompt.kind === 'point' && prompt.label === 1),
  );
  if (!saysWhat) {
    return 'onlyBackground';
  }
  const isBusy =
    state.engine.kind === 'loading' || state.encodingFrame !== null || state.predictingFrame !== null;
  return isBusy ? 'wait' : null;
}
