/** Compares the tensors of a checkpoint with those that a model needs, by name, shape and type. */
import type { CheckpointLayout, GraphVariant, WeightDtype } from '../models/graphManifest';
import type { CheckpointDtype, CheckpointIndex, TensorGroup } from './checkpointIndex';
import { quoted } from './checkpointProblem';
import { canConvert } from './convertElements';
import { shapeText } from './tensorSteps';

export type TensorMatch = {
  readonly layout: string;
  /** The group of the checkpoint that fits best. */
  readonly root: string;
  /** How many tensors of the checkpoint the model needs. */
  readonly needed: number;
  readonly missing: readonly string[];
  readonly misshaped: readonly {
    readonly name: string;
    readonly expected: readonly number[];
    readonly found: readonly number[];
  }[];
  readonly mistyped: readonly {
    readonly name: string;
    readonly expected: WeightDtype;
    readonly found: CheckpointDtype;
  }[];
  /** Neither needed nor known as left over. They do no harm. */
  readonly extra: readonly string[];
};

/** The best match over all layouts of the container and all their roots; null when no layout has the container. */
export function matchTensors(
  layouts: readonly CheckpointLayout[],
  variant: GraphVariant,
  index: CheckpointIndex,
): TensorMatch | null {
  const matches = layouts
    .filter(({ container }) => container === index.container)
    .flatMap((layout) =>
      layout.roots.map((root) => matchGroup(layout, root, variant, index.groups.get(root) ?? new Map())),
    );
  return matches.toSorted((a, b) => faults(a) - faults(b))[0] ?? null;
}

export function fits(match: TensorMatch): boolean {
  return faults(match) === 0;
}

function faults({ missing, misshaped, mistyped }: TensorMatch): number {
  return missing.length + misshaped.length + mistyped.length;
}

function matchGroup(
  layout: CheckpointLayout,
  root: string,
  variant: GraphVariant,
  group: TensorGroup,
): TensorMatch {
  const missing = new Set<string>();
  const misshaped = new Map<string, TensorMatch['misshaped'][number]>();
  const mistyped = new Map<string, TensorMatch['mistyped'][number]>();
  const needed = new Set<string>();
  for (const { dtype, from } of variant.tensors) {
    const { name, shape } = from[layout.id]!;
    needed.add(name);
    const found = group.get(name);
    if (!found) {
      missing.add(name);
    } else if (shapeText(found.shape) !== shapeText(shape)) {
      misshaped.set(name, { name, expected: shape, found: found.shape });
    } else if (!canConvert(found.dtype, dtype)) {
      mistyped.set(name, { name, expected: dtype, found: found.dtype });
    }
  }
  const extra = [...group.keys()].filter(
    (name) => !needed.has(name) && !layout.ignored.some((pattern) => matchesPattern(name, pattern)),
  );
  return {
    layout: layout.id,
    root,
    needed: needed.size,
    missing: [...missing],
    misshaped: [...misshaped.values()],
    mistyped: [...mistyped.values()],
    extra,
  };
}

/** `*` stands for any text, also none. In time of the product of both lengths at most. */
export function matchesPattern(text: string, pattern: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  if (rest.length === 0) {
    return text === pattern;
  }
  const last = rest.pop()!;
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) {
    return false;
  }
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0 || found + part.length > text.length - last.length) {
      return false;
    }
    at = found + part.length;
  }
  return true;
}

const SHOWN = 3;

/** What does not fit, in one clause: counts, and the first few by name. */
export function mismatchSummary(match: TensorMatch): string {
  const { missing, misshaped, mistyped, needed } = match;
  if (missing.length === needed) {
    return `none of the ${needed} weights that it needs is in it, so it is the file of another model`;
  }
  const clauses = [
    clause(missing.length, `of ${needed} weights missing`, missing.map(quoted)),
    clause(misshaped.length, 'of another shape', misshaped.map(shapeClause)),
    clause(mistyped.length, 'of another type', mistyped.map(typeClause)),
  ];
  return clauses.filter((text) => text !== '').join('; ');
}

/** A file of another model has thousands, and one made for it could have any number. */
const MAX_DETAILS = 200;

/** Each tensor that does not fit, or is left over, in words; the first few of very many. */
export function mismatchDetails(match: TensorMatch): string[] {
  const all = [
    ...match.missing.map((name) => () => `missing: ${quoted(name)}`),
    ...match.misshaped.map((tensor) => () => `another shape: ${shapeClause(tensor)}`),
    ...match.mistyped.map((tensor) => () => `another type: ${typeClause(tensor)}`),
    ...match.extra.map((name) => () => `not used: ${quoted(name)}`),
  ];
  const shown = all.slice(0, MAX_DETAILS).map((detail) => detail());
  return all.length > MAX_DETAILS ? [...shown, `and ${all.length - MAX_DETAILS} more`] : shown;
}

function clause(count: number, what: string, names: readonly string[]): string {
  const more = count > SHOWN ? `, and ${count - SHOWN} more` : '';
  return count === 0 ? '' : `${count} ${what} (${names.slice(0, SHOWN).join(', ')}${more})`;
}

function shapeClause({ name, expected, found }: TensorMatch['misshaped'][number]): string {
  return `${quoted(name)} is ${shapeText(found)} and not ${shapeText(expected)}`;
}

function typeClause({ name, expected, found }: TensorMatch['mistyped'][number]): string {
  return `${quoted(name)} is ${found} and not ${expected}`;
}
