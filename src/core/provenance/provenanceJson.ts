/** provenance.json: the log, and where each mask came from, for people and programs outside Maskflow. */
import { entriesInForce } from './log';
import { methodsFacts, type MethodsInput } from './methodsFacts';
import { methodsParagraph } from './methodsParagraph';
import { maskOrigins } from './origins';

export const PROVENANCE_FORMAT = 'maskflow-provenance';
export const PROVENANCE_VERSION = 1;

/** Plain data, ready for JSON. Frames count from 0, areas in pixels, `atMs` in milliseconds since 1970 UTC. */
export function provenanceDocument(input: MethodsInput): Readonly<Record<string, unknown>> {
  const { log, head, tracks, labels, footage } = input;
  const inForce = entriesInForce(log, head);
  const ids = new Set(inForce.map(({ id }) => id));
  const facts = methodsFacts(input);
  return {
    format: PROVENANCE_FORMAT,
    version: PROVENANCE_VERSION,
    footage,
    labels: labels.map(({ objectId, name, role }) => ({ objectId, name, role })),
    methods: methodsParagraph(facts),
    environments: log.environments,
    droppedSteps: log.droppedEntries,
    steps: log.entries.map((entry) => ({
      ...entry,
      at: new Date(entry.atMs).toISOString(),
      isTakenBack: !ids.has(entry.id),
    })),
    masks: maskOrigins(inForce, tracks).map(({ mask, entry, ...origin }) => ({
      ...origin,
      step: entry,
      areaPx: mask.areaPx,
      predictedIou: mask.predictedIou,
      confidence: mask.confidence ?? null,
      cue: mask.cue ?? null,
    })),
  };
}

/** As text; a step and a mask take a line each, so that long files can be read and compared. */
export function provenanceJson(input: MethodsInput): string {
  const { steps, masks, ...rest } = provenanceDocument(input);
  const head = JSON.stringify(rest, null, 1).replace(/\n\}$/, '');
  return `${head},\n "steps": [\n${lines(steps)}\n],\n "masks": [\n${lines(masks)}\n]\n}\n`;
}

function lines(list: unknown): string {
  return (list as unknown[]).map((entry) => JSON.stringify(entry)).join(',\n');
}
