/** Reads a project document strictly: what comes out can be worked on, or it is refused with the reason. */
import * as v from 'valibot';
import type { PromptId } from '../../core/base/ids';
import { labelRoles } from '../../core/label/label';
import { migrated, unreadableProject } from '../../core/project/migrations';
import { PROJECT_FORMAT, PROJECT_VERSION, type ProjectDocument } from '../../core/project/projectDocument';
import { keptPieces } from '../../core/track/cleanupRules';
import { provenanceSchema } from '../provenance/provenanceSchema';
import { count, finite, id, number32, stretch } from './schemaParts';

const promptId = v.pipe(
  v.string(),
  v.transform((value) => value as PromptId),
);
const point = v.object({ x: finite, y: finite });

const label = v.object({
  objectId: id,
  name: v.string(),
  colour: v.pipe(v.string(), v.hexColor()),
  role: v.picklist(labelRoles),
  isVisible: v.boolean(),
});

const onFrame = { id: promptId, frameIndex: count };

const prompt = v.variant('kind', [
  v.object({ ...onFrame, kind: v.literal('point'), objectId: id, label: v.picklist([0, 1]), point }),
  v.object({ ...onFrame, kind: v.literal('sharedPoint'), point }),
  v.object({
    ...onFrame,
    kind: v.literal('box'),
    objectId: id,
    box: v.tuple([finite, finite, finite, finite]),
  }),
  v.object({ ...onFrame, kind: v.literal('mask'), objectId: id, mask: number32 }),
]);

const track = v.object({
  objectId: id,
  prompted: count,
  propagated: count,
  thresholds: v.optional(
    v.array(v.object({ ...stretch, probability: v.pipe(v.number(), v.gtValue(0), v.ltValue(1)) })),
  ),
  rules: v.optional(
    v.array(
      v.object({
        ...stretch,
        rule: v.object({ minAreaPx: count, maxHolePx: count, keep: v.picklist(keptPieces), growPx: finite }),
      }),
    ),
  ),
});

const version = v.object({
  ...stretch,
  id: count,
  kind: v.picklist(['propagate', 'refine', 'restore', 'study']),
  name: v.string(),
  createdAtRun: count,
  objectIds: v.array(id),
  tracks: v.array(track),
});

const reference = v.object({
  id: count,
  name: v.string(),
  labels: v.array(label),
  tracks: v.array(track),
  matches: v.optional(v.array(v.object({ own: id, project: id }))),
});

const footage = v.object({
  source: v.picklist(['sample', 'files']),
  kind: v.picklist(['video', 'images']),
  name: v.string(),
  sizeBytes: count,
  fileCount: count,
  width: count,
  height: count,
  frameCount: count,
  frameTableHash: v.string(),
  imageRate: v.nullable(v.pipe(v.number(), v.gtValue(0), v.finite())),
});

const maskMap = v.pipe(
  v.object({ id: number32, frames: v.array(number32), masks: v.array(number32) }),
  v.check((map) => map.frames.length === map.masks.length, 'a map needs one mask for each frame'),
);

const positive = v.pipe(v.number(), v.gtValue(0), v.finite());

const calibration = v.object({
  scale: v.nullable(v.object({ from: point, to: point, length: positive, unit: v.string() })),
  origin: v.nullable(point),
  yAxis: v.picklist(['up', 'down']),
  angleDeg: finite,
  frameRate: v.nullable(positive),
  region: v.nullable(
    v.variant('kind', [
      v.object({ kind: v.literal('box'), box: v.tuple([finite, finite, finite, finite]) }),
      v.object({ kind: v.literal('polygon'), points: v.pipe(v.array(point), v.minLength(3)) }),
    ]),
  ),
  isLockedExcluded: v.boolean(),
});

const wholeDocument = v.object({
  format: v.literal(PROJECT_FORMAT),
  version: v.literal(PROJECT_VERSION),
  name: v.string(),
  footage,
  labels: v.array(label),
  prompts: v.array(prompt),
  tracks: v.array(track),
  useSharedPoints: v.boolean(),
  versions: v.array(version),
  lastEdit: v.nullable(v.object({ ...stretch, name: v.string(), objectIds: v.array(count) })),
  range: v.object({ inFrame: count, outFrame: count }),
  lastObjectId: count,
  activeObjectId: v.nullable(count),
  propagationRuns: count,
  acceptances: count,
  currentFrame: count,
  calibration: v.optional(calibration),
  references: v.optional(v.array(reference)),
  provenance: v.optional(provenanceSchema),
  settings: v.record(v.string(), v.unknown()),
  maskMaps: v.array(maskMap),
});

/** Nothing may lie on a frame that the footage does not have. */
const document = v.pipe(
  wholeDocument,
  v.check(
    ({ footage: { frameCount }, prompts, maskMaps }) =>
      prompts.every(({ frameIndex }) => frameIndex < frameCount) &&
      maskMaps.every((map) => map.frames.every((frame) => frame < frameCount)),
    'it names frames that its footage does not have',
  ),
);

/** `name` is what messages call the project or its file. Throws a UserFacingError. */
export function parseDocument(stored: unknown, name: string): ProjectDocument {
  const result = v.safeParse(document, migrated(stored, name));
  if (!result.success) {
    const [issue] = result.issues;
    const path = v.getDotPath(issue);
    throw unreadableProject(name, `its ${path ?? 'description'} makes no sense (${issue.message})`);
  }
  return result.output;
}
