/** The size of the footage that a propagation request is about. */
import { UserFacingError } from '../../core/base/errors';
import type { Size } from '../../core/geometry/box';
import type { PropagationRequest } from '../../core/segment/segmentation';

/** Every mask has the size of the footage. Throws when there is none: nothing to propagate. */
export function requestSize(request: PropagationRequest): Size {
  const { startMasks, conditioning, annotated } = request;
  const first = startMasks[0] ?? [...conditioning, ...annotated].flatMap(({ masks }) => masks)[0];
  if (!first) {
    throw new UserFacingError({
      code: 'propagation-no-masks',
      what: 'There is no mask on the frame that propagation starts from.',
      safe: 'Your prompts and masks are as they were.',
      todo: 'Prompt at least one label on that frame, then propagate again.',
    });
  }
  const [height, width] = first.rle.size;
  return { width, height };
}
