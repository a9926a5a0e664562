/** The entries of the propagation menu that open studies and the log. */
import { Menu } from '@base-ui/react/menu';
import { FileText, Rows3 } from 'lucide-react';
import { useMaskflow } from '../hooks/useMaskflow';
import { provenanceText, studyText } from '../text/studyText';

const items = [
  { tool: 'study', Icon: Rows3, text: studyText },
  { tool: 'provenance', Icon: FileText, text: provenanceText },
] as const;

export function StudyMenuItems() {
  const hasFootage = useMaskflow((state) => state.footage !== null);
  const setStudyData = useMaskflow((state) => state.setStudyData);
  return (
    <Menu.Group>
      <Menu.Separator className="menu-separator" />
      {items.map(({ tool, Icon, text }) => (
        <Menu.Item
          key={tool}
          className="menu-item"
          disabled={!hasFootage}
          onClick={() => setStudyData({ openTool: tool })}
        >
          <Icon aria-hidden="true" />
          <span>
            {text.menu}
            <span className="menu-item-note">{text.menuNote}</span>
          </span>
        </Menu.Item>
      ))}
    </Menu.Group>
  );
}
