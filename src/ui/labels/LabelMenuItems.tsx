/** The entries of a label's menu; mounted only while it is open, because they follow the whole state. */
import { Menu } from '@base-ui/react/menu';
import { ArrowDown, ArrowUp, Eraser, Pencil, Shapes, Swords, Trash2 } from 'lucide-react';
import type { Label } from '../../core/label/label';
import { useApp, useMaskflow } from '../hooks/useMaskflow';
import { showDeletionNotice } from './deletionNotice';
import { labelContents } from './labelContents';

type LabelMenuItemsProps = { label: Label; index: number; onRename: () => void };

export function LabelMenuItems({ label, index, onRename }: LabelMenuItemsProps) {
  const { store } = useApp();
  const state = useMaskflow((all) => all);
  const { objectId, name, role } = label;
  const contents = labelContents(state, objectId);
  // Objects stay before competitors, so a label moves among its like only.
  const canMoveTo = (place: number): boolean => state.labels[place]?.role === role;
  const otherRole = role === 'object' ? 'competitor' : 'object';
  function remove(): void {
    state.deleteLabel(objectId);
    if (contents) {
      showDeletionNotice(store, objectId, `Deleted “${name}” with ${contents}. Undo brings it back.`);
    }
  }
  return (
    <>
      <Menu.Item className="menu-item" onClick={onRename}>
        <Pencil aria-hidden="true" />
        Rename (F2)
      </Menu.Item>
      <Menu.Item className="menu-item" onClick={() => state.updateLabel(objectId, { role: otherRole })}>
        {role === 'object' ? <Swords aria-hidden="true" /> : <Shapes aria-hidden="true" />}
        <span>
          Make it {role === 'object' ? 'a competitor' : 'an object'}
          <span className="menu-item-note">
            {role === 'object' ? 'Left out of the export' : 'Exported as a label of its own'}
          </span>
        </span>
      </Menu.Item>
      <div className="menu-separator" />
      <Menu.Item
        className="menu-item"
        disabled={!canMoveTo(index - 1)}
        onClick={() => state.moveLabel(objectId, index - 1)}
      >
        <ArrowUp aria-hidden="true" />
        Move up
      </Menu.Item>
      <Menu.Item
        className="menu-item"
        disabled={!canMoveTo(index + 1)}
        onClick={() => state.moveLabel(objectId, index + 1)}
      >
        <ArrowDown aria-hidden="true" />
        Move down
      </Menu.Item>
      <div className="menu-separator" />
      <Menu.Item className="menu-item" onClick={() => state.clearPrompts(state.currentFrame, objectId)}>
        <Eraser aria-hidden="true" />
        Clear its prompts on this frame
      </Menu.Item>
      <Menu.Item className="menu-item is-danger" onClick={remove}>
        <Trash2 aria-hidden="true" />
        {contents ? `Delete with ${contents}` : 'Delete'}
      </Menu.Item>
    </>
  );
}
