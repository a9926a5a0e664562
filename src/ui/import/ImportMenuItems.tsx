/** The ways to bring masks in, as part of the Open menu. */
import { Menu } from '@base-ui/react/menu';
import { FileDown, FolderDown } from 'lucide-react';
import { useMaskflow } from '../hooks/useMaskflow';
import { keyHint } from '../keys/shortcuts';
import { importText } from '../text/importText';
import { openMaskPicker } from './maskPickers';

export function ImportMenuItems() {
  const hasFootage = useMaskflow((state) => state.footage !== null);
  const key = keyHint('importMasks');
  const note = hasFootage ? null : <span className="menu-item-note">{importText.noFootage}</span>;
  return (
    <>
      <Menu.Item className="menu-item" disabled={!hasFootage} onClick={() => openMaskPicker('files')}>
        <FileDown aria-hidden="true" />
        <span>
          {importText.menuFiles} {key ? <span className="muted">{key}</span> : null}
          {note}
        </span>
      </Menu.Item>
      <Menu.Item className="menu-item" disabled={!hasFootage} onClick={() => openMaskPicker('folder')}>
        <FolderDown aria-hidden="true" />
        {importText.menuFolder}
      </Menu.Item>
    </>
  );
}
