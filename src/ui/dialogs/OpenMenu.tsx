/** All ways to open footage, behind one button. */
import { Menu } from '@base-ui/react/menu';
import { ChevronDown, Clapperboard, FileVideo, FolderOpen, Images, Package } from 'lucide-react';
import { useApp } from '../hooks/useMaskflow';
import { ImportMenuItems } from '../import/ImportMenuItems';
import { Button } from '../shell/Button';
import { useMenuFocus } from '../shell/useMenuFocus';
import { privacyText } from '../text';
import { chooseFiles } from './chooseFiles';
import { pickers } from './filePickers';

const icons = { video: FileVideo, images: Images, folder: FolderOpen, project: Package };

export function OpenMenu() {
  const app = useApp();
  const focus = useMenuFocus();
  return (
    <Menu.Root {...focus.root}>
      <Menu.Trigger render={<Button />}>
        <FolderOpen aria-hidden="true" />
        Open
        <ChevronDown aria-hidden="true" />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner className="popup-layer" align="start" sideOffset={4}>
          <Menu.Popup className="popup" {...focus.popup}>
            {pickers.map(({ kind, name }) => {
              const Icon = icons[kind];
              return (
                <Menu.Item key={kind} className="menu-item" onClick={() => chooseFiles(app, kind)}>
                  <Icon aria-hidden="true" />
                  {name}…
                </Menu.Item>
              );
            })}
            <Menu.Item className="menu-item" onClick={() => void app.openSample()}>
              <Clapperboard aria-hidden="true" />
              Sample clip
            </Menu.Item>
            <div className="menu-separator" />
            <ImportMenuItems />
            <div className="menu-separator" />
            <p className="menu-note">Or drop files or a folder anywhere. {privacyText}</p>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
