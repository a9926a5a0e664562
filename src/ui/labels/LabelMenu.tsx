/** What can be done with a label beyond picking and hiding it. */
import { Menu } from '@base-ui/react/menu';
import { EllipsisVertical } from 'lucide-react';
import type { Label } from '../../core/label/label';
import { IconButton } from '../shell/IconButton';
import { LabelMenuItems } from './LabelMenuItems';

type LabelMenuProps = { label: Label; index: number; onRename: () => void };

export function LabelMenu({ label, index, onRename }: LabelMenuProps) {
  return (
    <Menu.Root>
      <Menu.Trigger
        render={
          <IconButton label={`More for ${label.name}`}>
            <EllipsisVertical />
          </IconButton>
        }
      />
      <Menu.Portal>
        <Menu.Positioner className="popup-layer" align="start" sideOffset={4}>
          <Menu.Popup className="popup">
            <LabelMenuItems label={label} index={index} onRename={onRename} />
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
