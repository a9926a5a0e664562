/** Reads a kept project and puts it on the screen. */
import type { FrameMask } from '../../core/track/maskTrack';
import type { FootageInfo } from '../../core/video/footageInfo';
import { frameCount } from '../../core/video/frameTable';
import { restoredContent, type RestoredContent } from '../../core/project/projectContent';
import { maskIdsOf, type MaskId, type ProjectDocument } from '../../core/project/projectDocument';
import type { RestoredNote } from '../../state/slices/projectState';
import type { MaskflowStore } from '../../state/store';
import type { ProjectId } from '../../workers/storage/storageProtocol';
import type { StorageService } from '../services';
import { readSettings } from './keptSettings';

/** Masks that come over in one message. */
const BATCH_MASKS = 256;

export type ReadProject = RestoredContent & { readonly masks: ReadonlyMap<MaskId, FrameMask> };

/** All masks of a document, and its content made of them. */
export async function readProject(
  storage: Pick<StorageService, 'readMasks'>,
  projectId: ProjectId,
  document: ProjectDocument,
  onProgress: (fraction: number) => void = () => undefined,
): Promise<ReadProject> {
  const { width, height } = document.footage;
  const ids = maskIdsOf(document);
  const masks = new Map<MaskId, FrameMask>();
  for (let start = 0; start < ids.length; start += BATCH_MASKS) {
    const batch = ids.slice(start, start + BATCH_MASKS);
    onProgress(start / ids.length);
    const read = await storage.readMasks(projectId, batch);
    batch.forEach((id, index) => {
      const mask = read[index];
      // A mask of another size could only be drawn in the wrong place.
      if (mask?.rle.size[0] === height && mask.rle.size[1] === width) {
        masks.set(id, mask);
      }
    });
  }
  return { ...restoredContent(document, masks), masks };
}

/** Replaces footage and annotation by those of a project, as if nothing had happened since. History starts anew. */
export function putOnScreen(
  store: MaskflowStore,
  info: FootageInfo,
  document: ProjectDocument,
  { content }: RestoredContent,
): void {
  const { labels, prompts, tracks, range, activeObjectId, currentFrame } = content;
  const last = frameCount(info.frameTable) - 1;
  const outFrame = Math.min(range.outFrame, last);
  store.getState().resetAnnotation();
  // In one step with the footage: prompts that come with other footage are not drawn again.
  store.setState(({ messages }) => ({
    ...content,
    ...readSettings(document.settings),
    footage: info,
    shownFrame: null,
    isPlaying: false,
    range: { inFrame: Math.min(range.inFrame, outFrame), outFrame },
    currentFrame: Math.min(currentFrame, last),
    activeObjectId: labels.some((label) => label.objectId === activeObjectId)
      ? activeObjectId
      : (labels[0]?.objectId ?? null),
    messages: messages.filter(
      (entry) => entry.kind !== 'error' || !entry.message.code.startsWith('footage-'),
    ),
  }));
  if (document.footage.imageRate !== null) {
    store.getState().setImageRate(document.footage.imageRate);
  }
  // A change without a difference: frames whose masks were still being drawn when the page went are drawn now.
  store.setState({ prompts: [...prompts], tracks: new Map(tracks) });
  store.temporal.getState().clear();
}

export function restoredNote(
  document: ProjectDocument,
  { content, missingMasks }: RestoredContent,
  { savedAtMs, how }: Pick<RestoredNote, 'savedAtMs' | 'how'>,
): RestoredNote {
  const frames = new Set<number>();
  let masks = 0;
  for (const { prompted, propagated } of content.tracks.values()) {
    const own = new Set([...prompted.keys(), ...propagated.keys()]);
    masks += own.size;
    own.forEach((frame) => frames.add(frame));
  }
  return {
    name: document.name,
    prompts: content.prompts.length,
    masks,
    frames: frames.size,
    savedAtMs,
    how,
    missingMasks,
  };
}
