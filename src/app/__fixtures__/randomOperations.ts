/** Random changes of the annotation, each made to the store and to the plain model alike. */
import { newPromptId, objectId, type ObjectId } from '../../core/base/ids';
import { importChanges } from '../../core/import/importChanges';
import type { ImportedLabel, ImportSource } from '../../core/import/importSource';
import { defaultChoices, planImport } from '../../core/import/planImport';
import type { Label } from '../../core/label/label';
import { encodeRle, type Rle } from '../../core/mask/rle';
import type { Prompt } from '../../core/prompt/prompt';
import { noCleanup } from '../../core/track/cleanupRules';
import type { FrameMask, MaskEdit } from '../../core/track/maskTrack';
import { MAX_VERSIONS } from '../../core/track/maskVersions';
import { importTarget } from '../../state/importTarget';
import type { MaskflowStore } from '../../state/store';
import {
  FRAMES,
  plainMask,
  plainPrompt,
  plainTrack,
  type PlainAnnotation,
  type PlainHistory,
} from './plainAnnotation';

export const pictureSize = { width: 8, height: 64 };
/** Masks of different labels lie in rows of their own, so that nothing covers anything. */
function rleOf(id: ObjectId, lengthPx: number): Rle {
  const data = new Uint8Array(pictureSize.width * pictureSize.height);
  const row = (id % pictureSize.height) * pictureSize.width;
  data.fill(1, row, row + lengthPx);
  return encodeRle({ ...pictureSize, data });
}

function maskOf(id: ObjectId, lengthPx: number, edit?: MaskEdit): FrameMask {
  const y = id % pictureSize.height;
  return {
    rle: rleOf(id, lengthPx),
    box: lengthPx > 0 ? [0, y, lengthPx, y + 1] : null,
    areaPx: lengthPx,
    predictedIou: null,
    ...(edit ? { isAccepted: true, edit } : {}),
  };
}

export type World = {
  store: MaskflowStore;
  model: PlainHistory;
  below: (limit: number) => number;
};

const trackOf = (annotation: PlainAnnotation, id: ObjectId) =>
  (annotation.tracks[String(id)] ??= plainTrack());

function anyLabel({ store, below }: World): Label | null {
  const { labels } = store.getState();
  return labels[below(labels.length)] ?? null;
}

/** First and last frame, both included. */
function anySpan({ below }: World): [number, number] {
  const [a, b] = [below(FRAMES), below(FRAMES)];
  return [Math.min(a, b), Math.max(a, b)];
}

const rolesInOrder = ['object', 'competitor', 'void', 'locked'];
const inOrder = (labels: Label[]): Label[] =>
  labels.toSorted((a, b) => rolesInOrder.indexOf(a.role) - rolesInOrder.indexOf(b.role));

function unnamed(key: string): ImportedLabel {
  return { key, name: null, colour: null, role: 'object', number: null, meaning: key };
}

/** Each does one thing to both sides, or nothing where it makes no sense. */
export const operations: Record<string, (world: World) => void> = {
  addPoint(world) {
    const { store, model, below } = world;
    const label = anyLabel(world);
    const frame = below(FRAMES);
    // The first point on a mask brings a box along; another rule, tested by itself.
    const track = label && model.present.tracks[String(label.objectId)];
    if (!label || track?.propagated[frame] || track?.prompted[frame]) {
      return;
    }
    const prompt: Prompt = {
      kind: 'point',
      id: newPromptId(),
      objectId: label.objectId,
      frameIndex: frame,
      label: below(2) === 0 ? 0 : 1,
      point: { x: below(1e6) / 1e5, y: below(1e6) / 1e5 },
    };
    store.getState().addPrompt(prompt);
    model.step(({ prompts }) => prompts.push(plainPrompt(prompt)));
  },
  movePrompt({ store, model, below }) {
    const { prompts } = store.getState();
    const place = below(prompts.length);
    const old = prompts[place];
    if (old?.kind !== 'point') {
      return;
    }
    const moved = { ...old, point: { x: below(1e6) / 1e5, y: below(1e6) / 1e5 } };
    store.getState().updatePrompt(moved);
    model.step((annotation) => {
      annotation.prompts[place] = plainPrompt(moved);
    });
  },
  deletePrompt({ store, model, below }) {
    const { prompts } = store.getState();
    const place = below(prompts.length);
    const prompt = prompts[place];
    if (prompt) {
      store.getState().deletePrompt(prompt.id);
      model.step((annotation) => annotation.prompts.splice(place, 1));
    }
  },
  drawMask(world) {
    const { store, model, below } = world;
    const label = anyLabel(world);
    const frame = below(FRAMES);
    if (label) {
      const mask = below(4) === 0 ? null : maskOf(label.objectId, below(9));
      store.getState().setFrameMasks('prompted', frame, [[label.objectId, mask]]);
      model.join((annotation) => {
        trackOf(annotation, label.objectId).prompted[frame] = mask && plainMask(mask);
      });
    }
  },
  addLabel({ store, model, below }) {
    if (store.getState().labels.length < 6) {
      const label = store.getState().addLabel(below(3) === 0 ? 'competitor' : 'object');
      model.step((annotation) => {
        annotation.labels = inOrder([...annotation.labels, structuredClone(label)]);
        annotation.tracks[String(label.objectId)] = plainTrack();
      });
    }
  },
  changeLabel(world) {
    const label = anyLabel(world);
    if (label) {
      const change =
        world.below(2) === 0
          ? { name: `name ${world.below(1e6)}` }
          : { colour: `#${String(world.below(1e6)).padStart(6, '0')}` };
      world.store.getState().updateLabel(label.objectId, change);
      world.model.step(({ labels }) => {
        Object.assign(
          labels.find(({ objectId: id }) => id === label.objectId)!,
          change,
        );
      });
    }
  },
  deleteLabel(world) {
    const label = anyLabel(world);
    if (label && world.store.getState().labels.length > 1) {
      const id = label.objectId;
      world.store.getState().deleteLabel(id);
      world.model.step((annotation) => {
        annotation.labels = annotation.labels.filter((other) => other.objectId !== id);
        annotation.prompts = annotation.prompts.filter(
          (prompt) => (prompt as { objectId?: number }).objectId !== id,
        );
        delete annotation.tracks[String(id)];
      });
    }
  },
  paint(world) {
    const { store, model, below } = world;
    const label = anyLabel(world);
    if (!label) {
      return;
    }
    const id = label.objectId;
    const frames = [...new Set([below(FRAMES), below(FRAMES)])];
    const masks = frames.map((frameIndex) => ({
      frameIndex,
      mask: below(5) === 0 ? null : maskOf(id, below(9), below(2) === 0 ? 'painted' : 'copied'),
    }));
    const name = `Brush ${below(1e6)}`;
    store.getState().commitEdit(
      { name, objectIds: [id], fromFrame: Math.min(...frames), toFrame: Math.max(...frames) },
      masks.map(({ frameIndex, mask }) => ({ frameIndex, masks: [[id, mask]] })),
    );
    model.step((annotation) => {
      masks.forEach(({ frameIndex, mask }) => {
        trackOf(annotation, id).prompted[frameIndex] = mask && plainMask(mask);
      });
      annotation.lastEdit = name;
    });
  },
  importMasks(world) {
    const { store, model, below } = world;
    const label = anyLabel(world);
    const state = store.getState();
    if (!label || state.labels.length >= 6) {
      return;
    }
    const frame = below(FRAMES);
    const newId = objectId(state.lastObjectId + 1);
    const [known, made] = [1 + below(8), 1 + below(8)];
    const source: ImportSource = {
      name: `${below(1e6)}.zip`,
      format: 'test',
      labels: [unnamed('known'), unnamed('new')],
      pictures: [
        {
          path: 'm.png',
          frameName: String(frame),
          frameIndex: frame,
          size: pictureSize,
          masks: [
            { key: 'known', rle: rleOf(label.objectId, known) },
            { key: 'new', rle: rleOf(newId, made) },
          ],
        },
      ],
      notes: [],
      greyReading: null,
    };
    const labels = new Map([
      ['known', { kind: 'existing', objectId: label.objectId }],
      ['new', { kind: 'new' }],
    ] as const);
    const plan = planImport(source, importTarget(state)!, { ...defaultChoices, labels });
    const changes = importChanges({
      plan,
      tracks: state.tracks,
      isAbsenceTaken: false,
      lockedOn: () => null,
    });
    const note = { name: source.name, objectIds: [], fromFrame: frame, toFrame: frame };
    state.commitImport(note, plan.labelsAfter, changes);
    const added = plan.labelsAfter.find(({ objectId: id }) => id === newId)!;
    model.step((annotation) => {
      annotation.labels = inOrder([...annotation.labels, structuredClone(added)]);
      trackOf(annotation, label.objectId).prompted[frame] = plainMask(
        maskOf(label.objectId, known, 'imported'),
      );
      trackOf(annotation, newId).prompted[frame] = plainMask(maskOf(newId, made, 'imported'));
      annotation.lastEdit = source.name;
    });
  },
  threshold(world) {
    const label = anyLabel(world);
    const [fromFrame, toFrame] = anySpan(world);
    const probability = [0.2, 0.5, 0.7][world.below(3)]!;
    if (label) {
      const { thresholds } = trackOf(structuredClone(world.model.present), label.objectId);
      world.store.getState().setThreshold(label.objectId, { fromFrame, toFrame, probability });
      const next = thresholds.map((old, frame) =>
        frame >= fromFrame && frame <= toFrame ? probability : old,
      );
      // A threshold that is there already is no step.
      if (next.some((value, frame) => value !== thresholds[frame])) {
        world.model.step((annotation) => {
          trackOf(annotation, label.objectId).thresholds = next;
        });
      }
    }
  },
  rule(world) {
    const label = anyLabel(world);
    const [fromFrame, toFrame] = anySpan(world);
    const maxHolePx = [0, 5, 40][world.below(3)]!;
    if (label) {
      const { holes } = trackOf(structuredClone(world.model.present), label.objectId);
      world.store
        .getState()
        .setCleanup(label.objectId, { fromFrame, toFrame, rule: { ...noCleanup, maxHolePx } });
      const next = holes.map((old, frame) => (frame >= fromFrame && frame <= toFrame ? maxHolePx : old));
      if (next.some((value, frame) => value !== holes[frame])) {
        world.model.step((annotation) => {
          trackOf(annotation, label.objectId).holes = next;
          annotation.lastEdit = world.store.getState().lastEdit!.name;
        });
      }
    }
  },
  propagate(world) {
    const { store, model, below } = world;
    const [fromFrame, toFrame] = anySpan(world);
    const { labels } = store.getState();
    store.getState().beginPropagationRun({ kind: 'propagate', name: 'Before a run', fromFrame, toFrame });
    model.step((annotation) => {
      keepVersion(annotation, fromFrame, toFrame);
      annotation.runs += 1;
    });
    for (let frame = fromFrame; frame <= toFrame; frame += 1) {
      const masks = labels.map(({ objectId: id }) => [id, maskOf(id, below(9))] as const);
      store.getState().setFrameMasks('propagated', frame, masks);
      model.join((annotation) => {
        masks.forEach(([id, mask]) => {
          trackOf(annotation, id).propagated[frame] = plainMask(mask);
        });
      });
    }
  },
  restoreVersion({ store, model, below }) {
    const { versions } = store.getState();
    const place = below(versions.length);
    const version = versions[place];
    if (!version) {
      return;
    }
    store.getState().restoreVersion(version.id);
    model.step((annotation) => {
      const { from, to, propagated } = structuredClone(annotation.versions[place]!);
      keepVersion(annotation, from, to);
      annotation.runs += 1;
      for (const { objectId: id } of annotation.labels) {
        const then = propagated[String(id)];
        for (let frame = from; then && frame <= to; frame += 1) {
          trackOf(annotation, id).propagated[frame] = then[frame]!;
        }
      }
    });
  },
  accept({ store, model, below }) {
    const frame = below(FRAMES);
    const { tracks, labels } = model.present;
    const open = labels.filter(({ objectId: id }) => {
      const track = tracks[String(id)];
      return track?.propagated[frame] && !track.prompted[frame];
    });
    store.getState().acceptFrame(frame);
    if (open.length > 0) {
      model.step((annotation) => {
        annotation.acceptances += 1;
        for (const { objectId: id } of open) {
          const track = trackOf(annotation, id);
          const [counts, area] = JSON.parse(track.propagated[frame]!) as unknown[];
          track.prompted[frame] = JSON.stringify([counts, area, true, null]);
        }
      });
    }
  },
  settings({ store, model, below }) {
    const frame = below(FRAMES);
    const { range } = model.present;
    if (below(2) === 0) {
      store.getState().setUseSharedPoints(!model.present.useSharedPoints);
      model.step((annotation) => {
        annotation.useSharedPoints = !annotation.useSharedPoints;
      });
    } else {
      store.getState().setInFrame(frame);
      model.step((annotation) => {
        annotation.range = { inFrame: frame, outFrame: Math.max(frame, range.outFrame) };
      });
    }
  },
};

function keepVersion(annotation: PlainAnnotation, from: number, to: number): void {
  const tracks = Object.values(annotation.tracks);
  if (tracks.some(({ propagated }) => propagated.slice(from, to + 1).some((mask) => mask !== null))) {
    const propagated = annotation.labels.map(({ objectId: id }) => [
      String(id),
      structuredClone(trackOf(annotation, id).propagated),
    ]);
    annotation.versions.push({ from, to, propagated: Object.fromEntries(propagated) });
    annotation.versions.splice(0, Math.max(0, annotation.versions.length - MAX_VERSIONS));
  }
}
