/** The methods that a study sets side by side: which there are, and in which order they run. */
import { ofVideoModels, videoModels, type VideoModelId } from '../models/shelf';
import { engineNames } from '../segment/engineNames';
import type { PropagationEngineId } from '../segment/segmentation';

/** `asIs`: as the project's switch has it. */
export type SharedPoints = 'asIs' | 'on' | 'off';

export type PropagationMethod = {
  readonly kind: 'propagate';
  readonly engine: PropagationEngineId;
  readonly sharedPoints: SharedPoints;
};

/** SAM redraws another method's masks on every frame; `present`: those of the project. */
export type RefinementMethod = {
  readonly kind: 'refine';
  readonly of: PropagationEngineId | 'present';
  readonly prompt: 'boxAndMask' | 'box';
};

export type StudyMethod = PropagationMethod | RefinementMethod;

/** Unique among methods, and the same for equal ones. */
export function methodId(method: StudyMethod): string {
  return method.kind === 'propagate'
    ? `${method.engine}${method.sharedPoints === 'asIs' ? '' : ` shared points ${method.sharedPoints}`}`
    : `${method.of} refined by ${method.prompt}`;
}

/** Ids of the methods that are chosen before the user chooses: the two engines, and one redrawn by SAM. */
export const firstChoice: readonly string[] = [
  'sam',
  'memory',
  'sam shared points on',
  'sam shared points off',
  'memory refined by boxAndMask',
];

const engineNotes: Record<PropagationEngineId, string> = {
  memory: "Maskflow's own: space-time memory, colour, motion and SAM together.",
  sam: 'SAM alone: each mask prompts the next frame by its box and itself.',
  ...ofVideoModels(({ propagates }) => propagates ?? ''),
};

export function methodName(method: StudyMethod): string {
  if (method.kind === 'propagate') {
    const points = { asIs: '', on: ', shared points on', off: ', shared points off' }[method.sharedPoints];
    return `${engineNames[method.engine]}${points}`;
  }
  const of = method.of === 'present' ? 'Masks now' : engineNames[method.of];
  return `${of} + SAM, ${method.prompt === 'box' ? 'box only' : 'box + mask'}`;
}

/** In a sentence, for a list to choose from. */
export function methodNote(method: StudyMethod): string {
  if (method.kind === 'refine') {
    const whose = method.of === 'present' ? 'mask of the project' : `${engineNames[method.of]} mask`;
    return method.prompt === 'box'
      ? `SAM redraws each ${whose} from its box alone.`
      : `SAM redraws each ${whose} from its box and the mask itself.`;
  }
  const what = engineNotes[method.engine];
  return method.sharedPoints === 'asIs'
    ? what
    : `${what} Shared background points ${method.sharedPoints === 'on' ? 'given' : 'left out'}.`;
}

/**
 * Every method that makes sense here: refinement only of engines that are not SAM itself, and models of the shelf where
 * their weights are at hand.
 */
export function availableMethods({
  hasSharedPoints,
  hasPropagated,
  readyModels = [],
}: {
  readonly hasSharedPoints: boolean;
  readonly hasPropagated: boolean;
  readonly readyModels?: readonly VideoModelId[];
}): StudyMethod[] {
  const points: readonly SharedPoints[] = hasSharedPoints ? ['on', 'off'] : ['asIs'];
  const fromShelf = videoModels.filter((id) => readyModels.includes(id));
  const others = ['memory', ...fromShelf] as const;
  const refinable: readonly RefinementMethod['of'][] = [
    ...others,
    ...(hasPropagated ? ['present' as const] : []),
  ];
  return [
    ...(['sam', ...others] as const).flatMap((engine) =>
      points.map((sharedPoints) => ({ kind: 'propagate', engine, sharedPoints }) as const),
    ),
    ...refinable.flatMap((of) =>
      (['boxAndMask', 'box'] as const).map((prompt) => ({ kind: 'refine', of, prompt }) as const),
    ),
  ];
}

export type StudyStep = {
  readonly method: StudyMethod;
  /** Id of the step whose masks are redrawn; null for the annotation, and for those of the project. */
  readonly needs: string | null;
  /** False for a step that runs only because another needs it. */
  readonly isShown: boolean;
};

/**
 * The steps in the order in which they can run: each after the one it needs, otherwise as they were chosen. What is
 * needed and was not chosen is added; where an engine was chosen with shared points on or off, the first of these
 * serves.
 */
export function planStudy(chosen: readonly StudyMethod[]): StudyStep[] {
  const distinct = [...new Map(chosen.map((method) => [methodId(method), method])).values()];
  const steps: StudyStep[] = [];
  const add = (method: StudyMethod, isShown: boolean): void => {
    const needs = neededBy(method, distinct);
    if (needs && !steps.some((step) => methodId(step.method) === methodId(needs))) {
      add(needs, distinct.includes(needs));
    }
    if (!steps.some((step) => methodId(step.method) === methodId(method))) {
      steps.push({ method, needs: needs && methodId(needs), isShown });
    }
  };
  distinct.forEach((method) => add(method, true));
  return steps;
}

function neededBy(method: StudyMethod, chosen: readonly StudyMethod[]): PropagationMethod | null {
  if (method.kind === 'propagate' || method.of === 'present') {
    return null;
  }
  const { of: engine } = method;
  const found = chosen.find(
    (other): other is PropagationMethod => other.kind === 'propagate' && other.engine === engine,
  );
  return found ?? { kind: 'propagate', engine, sharedPoints: 'asIs' };
}
