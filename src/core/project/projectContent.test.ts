import { describe, expect, it } from 'vitest';
import { UserFacingError } from '../base/errors';
import { newFootageId, newPromptId, objectId } from '../base/ids';
import { createLabel } from '../label/label';
import { plainCalibration } from '../measure/calibration';
import type { FrameMask, MaskTrack } from '../track/maskTrack';
import type { FootageInfo } from '../video/footageInfo';
import { frameTableText, matchFootage, type FootageReference } from './footageReference';
import { migrated } from './migrations';
import { mapsOf, restoredContent, storedContent, type MaskMap, type ProjectContent } from './projectContent';
import { maskIdsOf, PROJECT_FORMAT, PROJECT_VERSION, type ProjectDocument } from './projectDocument';

const one = objectId(1);

function maskOf(areaPx: number): FrameMask {
  return {
    rle: { size: [4, 4], counts: Uint32Array.of(16 - areaPx, areaPx) },
    box: [0, 0, 4, 4],
    areaPx,
    predictedIou: 0.5,
  };
}

const shared: MaskMap = new Map([
  [0, maskOf(1)],
  [3, maskOf(2)],
]);
const track: MaskTrack = {
  objectId: one,
  prompted: shared,
  propagated: new Map([[1, maskOf(3)]]),
  thresholds: [{ fromFrame: 0, toFrame: 2, probability: 0.3 }],
};

const content: ProjectContent = {
  labels: [createLabel([])],
  prompts: [
    { kind: 'box', id: newPromptId(), objectId: one, frameIndex: 0, box: [1, 2, 3, 4] },
    { kind: 'mask', id: newPromptId(), objectId: one, frameIndex: 3, rle: maskOf(4).rle },
    { kind: 'sharedPoint', id: newPromptId(), frameIndex: 0, point: { x: 1, y: 2 } },
  ],
  tracks: new Map([[one, track]]),
  useSharedPoints: false,
  versions: [
    {
      id: 1,
      kind: 'propagate',
      name: 'Before propagation of frame 1',
      fromFrame: 1,
      toFrame: 1,
      createdAtRun: 1,
      objectIds: [one],
      tracks: new Map([[one, { ...track, propagated: new Map() }]]),
    },
  ],
  lastEdit: { name: 'Brush', objectIds: [one], fromFrame: 3, toFrame: 3 },
  range: { inFrame: 0, outFrame: 9 },
  lastObjectId: 4,
  activeObjectId: one,
  propagationRuns: 1,
  acceptances: 2,
  currentFrame: 3,
  provenance: {
    environments: [],
    entries: [{ id: 1, parent: null, atMs: 5, name: 'Box', environment: null, actions: [] }],
    droppedEntries: 2,
  },
  provenanceHead: 1,
  calibration: {
    ...plainCalibration,
    scale: { from: { x: 0, y: 1 }, to: { x: 3, y: 1 }, length: 1.5, unit: 'mm' },
    region: { kind: 'box', box: [0, 0, 2, 2] },
    yAxis: 'up',
  },
  references: [
    {
      id: 2,
      name: 'truth.zip',
      matches: [{ own: one, project: one }],
      labels: [createLabel([])],
      tracks: new Map([[one, { objectId: one, prompted: new Map([[2, maskOf(5)]]), propagated: new Map() }]]),
    },
  ],
};

const reference: FootageReference = {
  source: 'files',
  kind: 'video',
  name: 'clip.mp4',
  sizeBytes: 5,
  fileCount: 1,
  width: 4,
  height: 4,
  frameCount: 10,
  frameTableHash: 'ab',
  imageRate: null,
};

/** A document of `content` with all masks numbered, and the masks by number. */
function stored(): { document: ProjectDocument; masks: Map<number, FrameMask> } {
  const masks = new Map<number, FrameMask>();
  const idOf = (mask: FrameMask): number => {
    const id = masks.size + 1;
    masks.set(id, mask);
    return id;
  };
  const maps = [...mapsOf(content)];
  const maskMaps = maps.map((map, id) => ({
    id,
    frames: [...map.keys()],
    masks: [...map.values()].map(idOf),
  }));
  const parts = storedContent(content, {
    ofMap: (map) => maps.indexOf(map),
    ofPromptMask: (rle) => idOf({ rle, box: null, areaPx: 0, predictedIou: null }),
  });
  const document = {
    ...parts,
    format: PROJECT_FORMAT,
    version: PROJECT_VERSION,
    name: 'clip',
    footage: reference,
    settings: {},
    maskMaps,
  } as const;
  return { document, masks };
}

const withoutIds = (made: ProjectContent): unknown => ({
  ...made,
  prompts: made.prompts.map(({ id: _id, ...prompt }) => prompt),
});

describe('a project document', () => {
  it('holds nothing but JSON, and gives the content back', () => {
    const { document, masks } = stored();
    const read = JSON.parse(JSON.stringify(document)) as ProjectDocument;
    expect(read).toEqual(document);
    const { content: restored, missingMasks } = restoredContent(read, masks);
    expect(missingMasks).toBe(0);
    expect(withoutIds(restored)).toEqual(withoutIds(content));
  });

  it('keeps a map that tracks and versions share once, and shares it again', () => {
    const { document, masks } = stored();
    expect(document.maskMaps).toHaveLength(5);
    const { content: restored, maps } = restoredContent(document, masks);
    const now = restored.tracks.get(one)!.prompted;
    expect(restored.versions[0]!.tracks.get(one)!.prompted).toBe(now);
    expect(maps.get(document.tracks[0]!.prompted)).toBe(now);
  });

  it('gives prompts ids that this visit has not given yet', () => {
    const { document, masks } = stored();
    const { content: restored } = restoredContent(document, masks);
    const ids = [...content.prompts, ...restored.prompts].map((prompt) => prompt.id);
    expect(new Set(ids).size).toBe(6);
    expect(ids).not.toContain(newPromptId());
  });

  it('names each mask it needs once, and goes on without those that are gone', () => {
    const { document, masks } = stored();
    expect(maskIdsOf(document)).toEqual([1, 2, 3, 4, 5]);
    masks.delete(1);
    masks.delete(5);
    const { content: restored, missingMasks } = restoredContent(document, masks);
    expect(missingMasks).toBe(2);
    expect([...restored.tracks.get(one)!.prompted.keys()]).toEqual([3]);
    expect(restored.prompts.map((prompt) => prompt.kind)).toEqual(['box', 'sharedPoint']);
  });
});

describe('migrated', () => {
  const old = { format: PROJECT_FORMAT, version: 1, labels: [] };
  const steps = {
    1: (document: object) => ({ ...document, second: true }),
    2: (document: object) => ({ ...document, third: true }),
  };

  it('takes a document through every version in turn', () => {
    expect(migrated(old, 'clip', steps, 3)).toEqual({ ...old, version: 3, second: true, third: true });
    expect(migrated({ ...old, version: 2 }, 'clip', steps, 3)).toEqual({ ...old, version: 3, third: true });
  });

  it('leaves a document of the present version as it is', () => {
    expect(migrated(old, 'clip')).toBe(old);
  });

  it.each([
    ['a newer one', { ...old, version: 9 }, 'project-newer'],
    ['another file', { format: 'coco', version: 1 }, 'project-unreadable'],
    ['no version', { format: PROJECT_FORMAT }, 'project-unreadable'],
    ['a list', [], 'project-unreadable'],
    ['nothing', null, 'project-unreadable'],
  ])('refuses %s with a message that names the project', (_, document, code) => {
    try {
      migrated(document, 'holiday');
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(UserFacingError);
      expect((error as UserFacingError).code).toBe(code);
      expect((error as UserFacingError).what).toContain('holiday');
    }
  });
});

describe('footage', () => {
  const footage: FootageInfo = {
    footageId: newFootageId(),
    name: 'clip.mp4',
    kind: 'video',
    decoder: 'webcodecs',
    width: 4,
    height: 2,
    frameTable: { timestampsSec: Float64Array.of(0, 0.04, 0.08), lastDurationSec: 0.04 },
    frameRate: 25,
    frameNames: null,
    codec: 'avc1',
    notes: [],
  };

  it('is known by its size and the times of its frames', () => {
    expect(frameTableText(footage)).toBe('4\n2\n3\n0\n40000\n80000');
    const later = { timestampsSec: Float64Array.of(0, 0.04, 0.09), lastDurationSec: 0.04 };
    expect(frameTableText({ ...footage, frameTable: later })).not.toBe(frameTableText(footage));
    expect(frameTableText({ ...footage, name: 'moved.mp4' })).toBe(frameTableText(footage));
  });

  it('made of images is known by their names, whatever rate they are given', () => {
    const images: FootageInfo = { ...footage, kind: 'images', frameNames: ['a', 'b', 'c'] };
    const slower = { timestampsSec: Float64Array.of(0, 1, 2), lastDurationSec: 1 };
    expect(frameTableText({ ...images, frameTable: slower })).toBe(frameTableText(images));
    expect(frameTableText({ ...images, frameNames: ['a', 'b', 'd'] })).not.toBe(frameTableText(images));
  });

  it.each([
    [{}, 'same'],
    [{ frameTableHash: 'cd' }, 'fits'],
    [{ frameTableHash: 'cd', frameCount: 11 }, 'different'],
    [{ frameTableHash: 'cd', width: 5 }, 'different'],
  ] as const)('that differs in %o is %s', (difference, match) => {
    expect(matchFootage(reference, { ...reference, ...difference })).toBe(match);
  });
});
