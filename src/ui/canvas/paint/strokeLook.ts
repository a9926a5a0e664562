/** What the pixels of a stroke look like while it is under way. */
import type { MaskflowState } from '../../../state/maskflowState';
import type { PaintPlan } from './paintPlan';

/** CSS hex colour and alpha (0..1) that take the place of what the mask canvas has there. */
export type StrokeLook = { readonly colour: string; readonly alpha: number };

/** With masks shown as outlines alone, paint must still be seen. */
const LEAST_ALPHA = 0.25;

const bare: StrokeLook = { colour: '#000000', alpha: 0 };
const black: StrokeLook = { colour: '#000000', alpha: 1 };

type LookState = Pick<MaskflowState, 'labels' | 'overlayOpacity' | 'overlayStyle'>;

/** As the overlay style paints masks and background, without outlines. */
export function strokeLook({ labels, overlayOpacity, overlayStyle }: LookState, plan: PaintPlan): StrokeLook {
  const label = labels.find(({ objectId }) => objectId === plan.objectId);
  const isOnBlack = overlayStyle.kind === 'matte' || overlayStyle.kind === 'maskedBackground';
  // On black, what competes for pixels is background, too.
  if (!label || plan.action === 'remove' || (isOnBlack && label.role === 'competitor')) {
    return isOnBlack ? black : bare;
  }
  if (overlayStyle.kind === 'maskedBackground') {
    return bare;
  }
  const alpha = overlayStyle.kind === 'outline' ? LEAST_ALPHA : Math.max(overlayOpacity, LEAST_ALPHA);
  return { colour: label.colour, alpha: overlayStyle.kind === 'matte' ? 1 : alpha };
}
