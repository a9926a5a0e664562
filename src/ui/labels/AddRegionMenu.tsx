/** Adds a region: pixels that do not count, or pixels that nothing may change. */
import { Menu } from '@base-ui/react/menu';
import { ChevronDown } from 'lucide-react';
import { useMaskflow } from '../hooks/useMaskflow';
import { Button } from '../shell/Button';
import { regionText } from '../text/editText';
import { RoleIcon } from './RoleIcon';

const regions = [
  { role: 'void', name: regionText.addVoid, note: regionText.void },
  { role: 'locked', name: regionText.addLocked, note: regionText.locked },
] as const;

export function AddRegionMenu() {
  const addLabel = useMaskflow((state) => state.addLabel);
  return (
    <Menu.Root>
      <Menu.Trigger
        render={
          <Button tip={regionText.add}>
            Region
            <ChevronDown aria-hidden="true" />
          </Button>
        }
      />
      <Menu.Portal>
        <Menu.Positioner className="popup-layer" align="start" sideOffset={4}>
          <Menu.Popup className="popup">
            {regions.map(({ role, name, note }) => (
              <Menu.Item key={role} className="menu-item" onClick={() => addLabel(role)}>
                <RoleIcon role={role} />
                <span>
                  {name}
                  <span className="menu-item-note">{note}</span>
                </span>
              </Menu.Item>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
