/** The entries of a label's menu; mounted only while it is open, because they follow the whole state. */
import { Menu } from '@base-ui/react/menu';
import { ArrowDown, ArrowUp, Eraser, Pencil, Trash2 } from 'lucide-react';
import { isRegionRole, labelRoles, type Label, type LabelRole } from '../../core/label/label';
import { showStepNotice } from '../../state/stepNotice';
import { useApp, useMaskflow } from '../hooks/useMaskflow';
import { labelContents } from './labelContents';
import { renumberingText } from './renumbering';
import { RoleIcon } from './RoleIcon';

const roleWords = {
  object: { name: 'an object', note: 'Exported as a label of its own' },
  competitor: { name: 'a competitor', note: 'Left out of the export' },
  void: { name: 'a void region', note: '“Don’t care” pixels, 255 in exports' },
  locked: { name: 'a locked region', note: 'No engine and no brush may change it' },
} as const;

type LabelMenuItemsProps = { label: Label; index: number; onRename: () => void };

export function LabelMenuItems({ label, index, onRename }: LabelMenuItemsProps) {
  const { store } = useApp();
  const state = useMaskflow((all) => all);
  const { objectId, name, role } = label;
  const contents = labelContents(state, objectId);
  // Labels stay in the order of their parts, so one moves among its like only.
  const canMoveTo = (place: number): boolean => state.labels[place]?.role === role;
  function remove(): void {
    state.deleteLabel(objectId);
    const renumbering = renumberingText(state.labels, store.getState().labels);
    if (contents || renumbering) {
      const what = contents ? `Deleted “${name}” with ${contents}.` : `Deleted “${name}”.`;
      showStepNotice(store, [what, renumbering, 'Undo brings it back.'].filter(Boolean).join(' '));
    }
  }
  function makeIt(other: LabelRole): void {
    state.updateLabel(objectId, { role: other });
    const renumbering = renumberingText(state.labels, store.getState().labels);
    if (renumbering) {
      showStepNotice(store, `“${name}” is ${roleWords[other].name} now. ${renumbering}`);
    }
  }
  return (
    <>
      <Menu.Item className="menu-item" onClick={onRename}>
        <Pencil aria-hidden="true" />
        Rename (F2)
      </Menu.Item>
      {labelRoles
        .filter((other) => other !== role)
        .map((other) => (
          <Menu.Item key={other} className="menu-item" onClick={() => makeIt(other)}>
            <RoleIcon role={other} />
            <span>
              Make it {roleWords[other].name}
              <span className="menu-item-note">{roleWords[other].note}</span>
            </span>
          </Menu.Item>
        ))}
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
      {isRegionRole(role) ? null : (
        <Menu.Item className="menu-item" onClick={() => state.clearPrompts(state.currentFrame, objectId)}>
          <Eraser aria-hidden="true" />
          Clear its prompts on this frame
        </Menu.Item>
      )}
      <Menu.Item className="menu-item is-danger" onClick={remove}>
        <Trash2 aria-hidden="true" />
        {contents ? `Delete with ${contents}` : 'Delete'}
      </Menu.Item>
    </>
  );
}
