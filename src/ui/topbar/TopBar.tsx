/** The bar along the top: what is open, the one next step, the engine, the result. */
import './topbar.css';
import { OpenMenu } from '../dialogs/OpenMenu';
import { SaveIndicator } from '../projects/SaveIndicator';
import { EngineBadge } from './EngineBadge';
import { MessageLog } from '../messages/MessageLog';
import { ExportMenu } from './ExportMenu';
import { FootageName } from './FootageName';
import { HistoryButtons } from './HistoryButtons';
import { PrimaryAction } from './PrimaryAction';
import { ThemeMenu } from './ThemeMenu';
import { ShortcutsButton } from './ShortcutsButton';

type TopBarProps = { onShowKeys: () => void };

export function TopBar({ onShowKeys }: TopBarProps) {
  return (
    <header className="topbar">
      <FootageName />
      <OpenMenu />
      <SaveIndicator />
      <HistoryButtons />
      <PrimaryAction />
      <EngineBadge />
      <ExportMenu />
      <MessageLog />
      <ThemeMenu />
      <ShortcutsButton onShowKeys={onShowKeys} />
    </header>
  );
}
