/** Says in words what changed among the prompts. */
import { assertNever } from '../base/assert';
import type { ObjectId } from '../base/ids';
import type { Prompt } from '../prompt/prompt';

/** Null when nothing changed. A box that replaces another counts as drawn anew. */
export function nameOfPromptChange(
  before: readonly Prompt[],
  after: readonly Prompt[],
  nameOf: (objectId: ObjectId) => string,
): string | null {
  if (before === after) {
    return null;
  }
  const then = new Map(before.map((prompt) => [prompt.id, prompt]));
  const now = new Map(after.map((prompt) => [prompt.id, prompt]));
  const added = after.filter(({ id }) => !then.has(id));
  const gone = before.filter(({ id }) => !now.has(id));
  // A correction's box comes along with its point, which is what the user did.
  const last = added.at(-1);
  if (last) {
    return `Add ${described(last, nameOf)}`;
  }
  if (gone.length > 0) {
    const frames = new Set(gone.map(({ frameIndex }) => frameIndex));
    const where = frames.size === 1 ? `, frame ${gone[0]!.frameIndex}` : '';
    return gone.length === 1
      ? `Delete ${described(gone[0]!, nameOf)}`
      : `Delete ${gone.length} prompts${where}`;
  }
  const changed = after.find((prompt) => then.get(prompt.id) !== prompt);
  return changed
    ? `${isResized(then.get(changed.id), changed) ? 'Resize' : 'Move'} ${described(changed, nameOf)}`
    : null;
}

function described(prompt: Prompt, nameOf: (objectId: ObjectId) => string): string {
  const frame = `frame ${prompt.frameIndex}`;
  switch (prompt.kind) {
    case 'sharedPoint':
      return `shared background point, ${frame}`;
    case 'point':
      return `${prompt.label === 1 ? 'foreground' : 'background'} point of ${nameOf(prompt.objectId)}, ${frame}`;
    case 'box':
      return `box of ${nameOf(prompt.objectId)}, ${frame}`;
    case 'mask':
      return `mask prompt of ${nameOf(prompt.objectId)}, ${frame}`;
    default:
      return assertNever(prompt);
  }
}

function isResized(before: Prompt | undefined, after: Prompt): boolean {
  if (before?.kind !== 'box' || after.kind !== 'box') {
    return false;
  }
  const sides = ([x0, y0, x1, y1]: typeof after.box): [number, number] => [x1 - x0, y1 - y0];
  const [[width, height], [oldWidth, oldHeight]] = [sides(after.box), sides(before.box)];
  return Math.abs(width - oldWidth) > 0.5 || Math.abs(height - oldHeight) > 0.5;
}
