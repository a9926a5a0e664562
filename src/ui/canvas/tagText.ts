/** What a label's name tag on the picture says. */
import type { Label } from '../../core/label/label';

const MAX_CHARACTERS = 24;

function cutTo(text: string, count: number): string {
  const characters = Array.from(text);
  return characters.length <= count
    ? text
    : `${characters
        .slice(0, count - 1)
        .join('')
        .trimEnd()}…`;
}

/** A name of any length, cut so that its tag never crosses the picture. */
export function tagText({ name, role }: Pick<Label, 'name' | 'role'>): string {
  return role === 'competitor'
    ? `${cutTo(name, MAX_CHARACTERS - 6)} (competes)`
    : cutTo(name, MAX_CHARACTERS);
}
