/** The sign of the part that a label plays. */
import { CircleSlash2, Lock, Shapes, Swords } from 'lucide-react';
import type { LabelRole } from '../../core/label/label';

const icons = { object: Shapes, competitor: Swords, void: CircleSlash2, locked: Lock } as const;

type RoleIconProps = { readonly role: LabelRole };

export function RoleIcon({ role }: RoleIconProps) {
  const Icon = icons[role];
  return <Icon aria-hidden="true" />;
}
