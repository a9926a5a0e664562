/** The bar along the top: what is open, the one next step, the engine, the result. */
import './topbar.css';
import { OpenMenu } from '../dialogs/OpenMenu';
import { EngineBadge } from './EngineBadge';
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
      <HistoryButtons />
      <PrimaryAction />
      <EngineBadge />
      <ExportMenu />
      <ThemeMenu />
      <ShortcutsButton onShowKeys={onShowKeys} />
    </header>
  );
}
