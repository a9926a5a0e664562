/** The entries of the export menu that save the whole project. */
import { Menu } from '@base-ui/react/menu';
import { Package, PackagePlus } from 'lucide-react';
import { useApp, useMaskflow } from '../hooks/useMaskflow';

export function ProjectFileItems() {
  const app = useApp();
  const isEmpty = useMaskflow((state) => state.footage === null);
  return (
    <>
      <Menu.Item className="menu-item" disabled={isEmpty} onClick={() => void app.projects.saveFile(false)}>
        <Package aria-hidden="true" />
        Project file
      </Menu.Item>
      <Menu.Item className="menu-item" disabled={isEmpty} onClick={() => void app.projects.saveFile(true)}>
        <PackagePlus aria-hidden="true" />
        Project file with footage
      </Menu.Item>
    </>
  );
}
