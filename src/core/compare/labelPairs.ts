/** Which label of one set is compared with which of another. */
import type { ObjectId } from '../base/ids';
import { rleArea, type Rle } from '../mask/rle';
import { intersectRle } from './maskDifference';
import { commonFrames, comparableLabels, maskOfLabel, maskSetFrame, type MaskSet } from './maskSet';

/** A label of A with the label of B that is to be the same thing. */
export type LabelPair = { readonly a: ObjectId; readonly b: ObjectId };

/** What the user chose: for a label of A its label of B, or null for not compared. Labels left out are matched. */
export type LabelMapping = ReadonlyMap<ObjectId, ObjectId | null>;

/** Frames looked at to find which labels lie over each other. */
const SAMPLED_FRAMES = 12;

/**
 * One pair for each label of A that has a counterpart, in A's order; no label of B is used twice by the matching. What
 * was chosen holds; else labels are matched by id where both sets have the project's labels. Where one is a reference,
 * labels that are said to be the same one of the project are matched, and the others by best overlap (the highest
 * intersection over union, summed over up to 12 frames spread over those that both have; then by equal names).
 */
export function labelPairs(a: MaskSet, b: MaskSet, chosen: LabelMapping = new Map()): LabelPair[] {
  const matched = haveSameLabels(a, b)
    ? matchedById(a, b)
    : matchedByOverlap(a, b, chosen, saidPairs(a, b, chosen));
  return comparableLabels(a).flatMap(({ objectId }) => {
    const choice = chosen.has(objectId) ? chosen.get(objectId) : matched.get(objectId);
    const isThere = comparableLabels(b).some((label) => label.objectId === choice);
    return choice && isThere ? [{ a: objectId, b: choice }] : [];
  });
}

/** Whether the ids of both sets mean the same labels. */
export function haveSameLabels(a: MaskSet, b: MaskSet): boolean {
  return a.key === b.key || (a.kind !== 'reference' && b.kind !== 'reference');
}

function matchedById(a: MaskSet, b: MaskSet): Map<ObjectId, ObjectId> {
  const ofB = new Set(comparableLabels(b).map(({ objectId }) => objectId));
  return new Map(
    comparableLabels(a).flatMap(({ objectId }) => (ofB.has(objectId) ? [[objectId, objectId] as const] : [])),
  );
}

/** Which label of the project a label of the set is; null where nobody said. */
function projectId(set: MaskSet, objectId: ObjectId): ObjectId | null {
  return set.kind === 'reference'
    ? (set.matches?.find(({ own }) => own === objectId)?.project ?? null)
    : objectId;
}

/** Pairs that follow from what references say, where nothing else was chosen for either label. */
function saidPairs(a: MaskSet, b: MaskSet, chosen: LabelMapping): Map<ObjectId, ObjectId> {
  const taken = new Set(chosen.values());
  const said = new Map<ObjectId, ObjectId>();
  for (const { objectId } of comparableLabels(a)) {
    const meant = projectId(a, objectId);
    const other = comparableLabels(b).find(
      (label) => !taken.has(label.objectId) && projectId(b, label.objectId) === meant,
    );
    if (meant !== null && other && !chosen.has(objectId)) {
      said.set(objectId, other.objectId);
      taken.add(other.objectId);
    }
  }
  return said;
}

type Candidate = LabelPair & { readonly overlap: number; readonly isNamesake: boolean };

function matchedByOverlap(
  a: MaskSet,
  b: MaskSet,
  chosen: LabelMapping,
  said: ReadonlyMap<ObjectId, ObjectId>,
): Map<ObjectId, ObjectId> {
  const frames = spread(commonFrames(a, b));
  const overlaps = overlapsOf(a, b, frames);
  const candidates = comparableLabels(a).flatMap((label): Candidate[] =>
    comparableLabels(b).map((other) => ({
      a: label.objectId,
      b: other.objectId,
      overlap: overlaps.get(`${label.objectId} ${other.objectId}`) ?? 0,
      isNamesake: label.name.toLowerCase() === other.name.toLowerCase(),
    })),
  );
  const best = candidates
    .filter(({ overlap, isNamesake }) => overlap > 0 || isNamesake)
    .toSorted((x, y) => y.overlap - x.overlap || Number(y.isNamesake) - Number(x.isNamesake));
  const matched = new Map(said);
  const taken = new Set([...chosen.values(), ...said.values()]);
  for (const candidate of best) {
    if (!matched.has(candidate.a) && !chosen.has(candidate.a) && !taken.has(candidate.b)) {
      matched.set(candidate.a, candidate.b);
      taken.add(candidate.b);
    }
  }
  return matched;
}

/** Some of the frames, evenly spread, the first and the last among them. */
function spread(frames: readonly number[]): number[] {
  const count = Math.min(frames.length, SAMPLED_FRAMES);
  return Array.from({ length: count }, (_, index) => {
    const place = count === 1 ? 0 : Math.round((index * (frames.length - 1)) / (count - 1));
    return frames[place]!;
  });
}

/** Summed intersection over union by `<id of A> <id of B>`. */
function overlapsOf(a: MaskSet, b: MaskSet, frames: readonly number[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const frame of frames) {
    const [inA, inB] = [maskSetFrame(a, frame), maskSetFrame(b, frame)];
    for (const { objectId, rle } of inA?.masks ?? []) {
      for (const other of comparableLabels(b)) {
        const mask = inB && maskOfLabel(inB, other.objectId);
        const key = `${objectId} ${other.objectId}`;
        sums.set(key, (sums.get(key) ?? 0) + (mask ? iouOf(rle, mask) : 0));
      }
    }
  }
  return sums;
}

function iouOf(a: Rle, b: Rle): number {
  const common = rleArea(intersectRle(a, b));
  return common === 0 ? 0 : common / (rleArea(a) + rleArea(b) - common);
}
