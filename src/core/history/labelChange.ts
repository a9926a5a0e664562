/** Says in words what changed in the list of labels. */
import type { Label } from '../label/label';

/** Null when the lists are the same. */
export function nameOfLabelChange(before: readonly Label[], after: readonly Label[]): string | null {
  if (before === after) {
    return null;
  }
  const added = after.filter(({ objectId }) => !before.some((label) => label.objectId === objectId));
  const gone = before.filter(({ objectId }) => !after.some((label) => label.objectId === objectId));
  if (added.length > 0 || gone.length > 0) {
    const [verb, which] = gone.length > 0 ? ['Delete', gone] : ['Add', added];
    return which.length === 1 ? `${verb} ${withRole(which[0]!)}` : `${verb} ${which.length} labels`;
  }
  for (const label of after) {
    const old = before.find(({ objectId }) => objectId === label.objectId);
    const name = old && old !== label ? nameOfChange(old, label) : null;
    if (name) {
      return name;
    }
  }
  const moved = after.findIndex(({ objectId }, place) => before[place]?.objectId !== objectId);
  return moved < 0 ? null : 'Reorder labels';
}

function nameOfChange(old: Label, label: Label): string | null {
  if (old.name !== label.name) {
    return `Rename ${old.name} to ${label.name}`;
  }
  if (old.colour !== label.colour) {
    return `Recolour ${label.name}`;
  }
  if (old.role !== label.role) {
    return `Make ${label.name} ${label.role === 'object' ? 'an object' : roleText(label)}`;
  }
  return old.isVisible === label.isVisible ? null : `${label.isVisible ? 'Show' : 'Hide'} ${label.name}`;
}

function roleText({ role }: Label): string {
  return { object: 'an object', competitor: 'a competitor', void: 'void', locked: 'locked' }[role];
}

function withRole(label: Label): string {
  return label.role === 'object' ? `label ${ownName(label)}` : `${label.role} ${ownName(label)}`;
}

/** The name without the word that new labels are named by: `2` for `label 2`. */
function ownName({ name, role }: Label): string {
  const word = role === 'object' ? 'label' : role;
  return name.startsWith(`${word} `) ? name.slice(word.length + 1) : name;
}
