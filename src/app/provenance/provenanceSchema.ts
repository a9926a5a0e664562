/** Reads the log of a project document strictly. */
import * as v from 'valibot';
import { labelRoles } from '../../core/label/label';
import { modelVariants } from '../../core/models/modelStatus';
import { modelIds } from '../../core/models/shelf';
import { propagationEngines } from '../../core/segment/segmentation';
import { keptPieces } from '../../core/track/cleanupRules';
import { cues, maskEdits } from '../../core/track/maskTrack';
import { count, finite, id, number32, stretch } from '../projects/schemaParts';

const range = v.object({ inFrame: count, outFrame: count });
const labelFrames = v.object({ objectId: id, frames: v.array(count) });

const modelFiles = v.array(v.object({ name: v.string(), sha256: v.string() }));

const model = v.object({
  id: v.picklist(modelIds),
  variant: v.picklist(modelVariants),
  checkpointName: v.string(),
  checkpointSha256: v.nullable(v.string()),
  isOfficial: v.exactOptional(v.nullable(v.boolean())),
  statedBy: v.exactOptional(v.nullable(v.string())),
  graphs: modelFiles,
});

const environment = v.object({
  appVersion: v.string(),
  appCommit: v.nullable(v.string()),
  modelName: v.string(),
  modelFiles,
  model: v.exactOptional(model),
  provider: v.picklist(['webgpu', 'wasm']),
  adapter: v.nullable(v.string()),
  threads: count,
  fallbackReason: v.exactOptional(v.string()),
});

const prompt = v.variant('kind', [
  v.object({ kind: v.literal('point'), objectId: id, label: v.picklist([0, 1]), x: finite, y: finite }),
  v.object({ kind: v.literal('sharedPoint'), x: finite, y: finite }),
  v.object({ kind: v.literal('box'), objectId: id, box: v.tuple([finite, finite, finite, finite]) }),
  v.object({ kind: v.literal('mask'), objectId: id, hash: number32 }),
]);

const method = v.variant('kind', [
  v.object({
    kind: v.literal('propagate'),
    engine: v.picklist(propagationEngines),
    direction: v.picklist(['forward', 'backward', 'both']),
    extent: v.picklist(['untilPrompted', 'wholeRange']),
    fromFrame: count,
    shortSidePx: v.exactOptional(v.nullable(count)),
  }),
  v.object({ kind: v.literal('refine'), prompt: v.picklist(['boxAndMask', 'box']) }),
]);

const adjustments = v.object({
  brightness: finite,
  contrast: finite,
  gamma: finite,
  channelGains: v.tuple([finite, finite, finite]),
});

const parameters = v.object({
  method,
  range,
  objectIds: v.array(id),
  annotatedFrames: v.array(count),
  adjustments: v.nullable(adjustments),
  model: v.exactOptional(model),
});

const result = v.object({
  outcome: v.picklist(['done', 'stopped', 'failed']),
  drawn: v.array(v.object(stretch)),
  cues: v.record(v.picklist(cues), v.optional(count)),
  seconds: finite,
});

const rule = v.object({ minAreaPx: count, maxHolePx: count, keep: v.picklist(keptPieces), growPx: finite });

const action = v.variant('kind', [
  v.object({
    kind: v.literal('prompts'),
    frames: v.array(v.object({ frameIndex: count, prompts: v.array(prompt) })),
  }),
  v.object({ kind: v.literal('sharedPoints'), isOn: v.boolean() }),
  v.object({
    kind: v.literal('edit'),
    masks: v.array(
      v.object({
        objectId: id,
        edit: v.picklist(maskEdits),
        frames: v.array(count),
        hashes: v.array(number32),
        areasPx: v.array(count),
      }),
    ),
    changedPx: count,
  }),
  v.object({ kind: v.literal('clear'), masks: v.array(labelFrames) }),
  v.object({ kind: v.literal('accept'), masks: v.array(labelFrames) }),
  v.object({
    kind: v.literal('run'),
    run: count,
    parameters: v.nullable(parameters),
    result: v.nullable(result),
  }),
  v.object({ ...stretch, kind: v.literal('restore'), run: count, beforeRun: count }),
  v.object({
    ...stretch,
    kind: v.literal('studyResult'),
    run: count,
    version: count,
    name: v.string(),
    objectIds: v.array(id),
  }),
  v.object({
    kind: v.literal('labels'),
    labels: v.array(v.object({ objectId: id, name: v.string(), role: v.picklist(labelRoles) })),
  }),
  v.object({
    kind: v.literal('rules'),
    objectId: id,
    thresholds: v.array(v.object({ ...stretch, probability: v.pipe(finite, v.gtValue(0), v.ltValue(1)) })),
    cleanup: v.array(v.object({ ...stretch, rule })),
  }),
  v.object({ ...range.entries, kind: v.literal('range') }),
]);

const entry = v.object({
  id: count,
  parent: v.nullable(count),
  atMs: finite,
  name: v.string(),
  environment: v.nullable(count),
  actions: v.array(action),
});

/** A log with its head; entries of other kinds than this app knows make the whole document unreadable. */
export const provenanceSchema = v.pipe(
  v.object({
    environments: v.array(environment),
    entries: v.array(entry),
    droppedEntries: count,
    head: v.nullable(count),
  }),
  v.check(
    ({ entries }) => entries.every(({ id: own, parent }) => parent === null || parent < own),
    'an entry of the log comes before the one it follows',
  ),
);
