/** Two canvases over each other for one thing: at source resolution, and as small as it is seen while frames go by. */

/** Shows one of them. The whole one keeps its place while it is hidden, for it tells where the picture is. */
export function showOneOf(whole: HTMLCanvasElement, reduced: HTMLCanvasElement, isReduced: boolean): void {
  if (reduced.hidden === isReduced) {
    reduced.hidden = !isReduced;
    whole.style.visibility = isReduced ? 'hidden' : '';
  }
}
