/** Light, dark, or as the system has it. */
import { Menu } from '@base-ui/react/menu';
import { Check, Moon, Sun, SunMoon } from 'lucide-react';
import type { Theme } from '../../state/maskflowState';
import { useMaskflow } from '../hooks/useMaskflow';
import { IconButton } from '../shell/IconButton';
import { useMenuFocus } from '../shell/useMenuFocus';
import { storeTheme } from '../theme/storedTheme';

const themes: readonly { theme: Theme; name: string }[] = [
  { theme: 'system', name: 'As the system' },
  { theme: 'light', name: 'Light' },
  { theme: 'dark', name: 'Dark' },
];

const icons = { system: SunMoon, light: Sun, dark: Moon };

export function ThemeMenu() {
  const theme = useMaskflow((state) => state.theme);
  const setTheme = useMaskflow((state) => state.setTheme);
  const Icon = icons[theme];
  const focus = useMenuFocus();
  function choose(chosen: Theme): void {
    setTheme(chosen);
    storeTheme(chosen);
  }
  return (
    <Menu.Root {...focus.root}>
      <Menu.Trigger render={<IconButton label="Theme">{<Icon />}</IconButton>} />
      <Menu.Portal>
        <Menu.Positioner className="popup-layer" align="end" sideOffset={4}>
          <Menu.Popup className="popup" {...focus.popup}>
            <Menu.RadioGroup value={theme} onValueChange={choose}>
              {themes.map((entry) => (
                <Menu.RadioItem key={entry.theme} value={entry.theme} className="menu-item" closeOnClick>
                  <Check aria-hidden="true" style={{ opacity: theme === entry.theme ? 1 : 0 }} />
                  {entry.name}
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
