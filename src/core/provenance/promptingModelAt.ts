/** Which model drew a frame's masks from prompts. */
import type { LogEntry, ProvenanceLog } from './log';

/**
 * Its name; null where the log does not tell. Each step that changes prompts of a frame draws all prompted labels of it
 * anew, so the last of `entries` that did counts for all.
 */
export function promptingModelAt(
  { environments }: Pick<ProvenanceLog, 'environments'>,
  entries: readonly LogEntry[],
  frameIndex: number,
): string | null {
  const step = entries.findLast(({ actions }) =>
    actions.some(
      (action) =>
        action.kind === 'prompts' && action.frames.some((changed) => changed.frameIndex === frameIndex),
    ),
  );
  const place = step?.environment ?? null;
  return place === null ? null : (environments[place]?.modelName ?? null);
}
