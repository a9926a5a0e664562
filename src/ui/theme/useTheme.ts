/** Writes the theme in force on the document, following the system until the user chooses. */
import { useEffect } from 'react';
import { useMaskflow } from '../hooks/useMaskflow';
import { storedTheme } from './storedTheme';

/** Keeps `data-theme` on `<html>` at `light` or `dark`. */
export function useTheme(): void {
  const theme = useMaskflow((state) => state.theme);
  const setTheme = useMaskflow((state) => state.setTheme);
  useEffect(() => {
    const stored = storedTheme();
    if (stored) {
      setTheme(stored);
    }
  }, [setTheme]);
  useEffect(() => {
    const system = matchMedia('(prefers-color-scheme: dark)');
    function apply(): void {
      document.documentElement.dataset.theme =
        theme === 'system' ? (system.matches ? 'dark' : 'light') : theme;
    }
    apply();
    system.addEventListener('change', apply);
    return () => system.removeEventListener('change', apply);
  }, [theme]);
}
