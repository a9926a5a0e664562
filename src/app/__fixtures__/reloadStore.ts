/** A store as it is after the page was left and came back: through the bytes and the JSON that are kept. */
import { decodeMask, encodeMask } from '../../core/project/maskBytes';
import { mapsOf, restoredContent, storedContent } from '../../core/project/projectContent';
import { PROJECT_FORMAT, PROJECT_VERSION } from '../../core/project/projectDocument';
import type { FrameMask } from '../../core/track/maskTrack';
import type { FootageInfo } from '../../core/video/footageInfo';
import type { MaskflowStore } from '../../state/store';
import { parseDocument } from '../projects/parseDocument';
import { putOnScreen } from '../projects/restoreProject';

/** Keeps what is in `store` and puts it into `fresh`. */
export function reload(store: MaskflowStore, fresh: MaskflowStore, footage: FootageInfo): void {
  const content = store.getState();
  const bytes = new Map<number, Uint8Array>();
  const keep = (mask: FrameMask): number => {
    const id = bytes.size + 1;
    bytes.set(id, encodeMask(mask));
    return id;
  };
  const maps = [...mapsOf(content)];
  const maskMaps = maps.map((map, id) => ({
    id,
    frames: [...map.keys()],
    masks: [...map.values()].map(keep),
  }));
  const json = JSON.stringify({
    ...storedContent(content, {
      ofMap: (map) => maps.indexOf(map),
      ofPromptMask: (rle) => keep({ rle, box: null, areaPx: 0, predictedIou: null }),
    }),
    format: PROJECT_FORMAT,
    version: PROJECT_VERSION,
    name: 'clip',
    footage: {
      source: 'files',
      kind: footage.kind,
      name: footage.name,
      sizeBytes: 5,
      fileCount: 1,
      width: footage.width,
      height: footage.height,
      frameCount: footage.frameTable.timestampsSec.length,
      frameTableHash: 'ab',
      imageRate: null,
    },
    settings: {},
    maskMaps,
  });
  const document = parseDocument(JSON.parse(json), 'clip');
  const masks = new Map([...bytes].map(([id, encoded]) => [id, decodeMask(encoded)]));
  putOnScreen(fresh, footage, document, restoredContent(document, masks));
}
