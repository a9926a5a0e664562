/** Says which labels get other numbers in exports when the list of labels changes. */
import { exportNumber, type Label } from '../../core/label/label';

const NAMED_AT_MOST = 3;

/** Such as `In exports “floor” is now 2 (was 3).`; null when all that stay keep their numbers. */
export function renumberingText(before: readonly Label[], after: readonly Label[]): string | null {
  const changes = after.flatMap(({ objectId, name }) => {
    const [was, is] = [exportNumber(before, objectId), exportNumber(after, objectId)];
    return was === is || was === null || is === null ? [] : [`“${name}” is now ${is} (was ${was})`];
  });
  if (changes.length === 0) {
    return null;
  }
  const rest = changes.length - NAMED_AT_MOST;
  const more = rest > 0 ? `, and ${rest} more` : '';
  return `In exports ${changes.slice(0, NAMED_AT_MOST).join(', ')}${more}.`;
}
